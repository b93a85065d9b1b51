using System.Diagnostics;
using System.Text;

namespace Redb.Configuration.Tests.Yaml;

public sealed class HostileFileTests
{
    // Far more than any of these needs; what is not linear takes minutes.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public static TheoryData<string, string> Hostile =>
        new()
        {
            { "", "config.yaml:1:1: is empty; at least database.name is needed" },
            { "# nothing\n---\n", "config.yaml:1:1: is empty; at least database.name is needed" },
            {
                "just text",
                "config.yaml:1:1: must be a set of keys (supervisor, database, logging, license, global, keyring, initialization, instance_group, cluster, mesh, services), not a single value"
            },
            {
                "database:\n\tname: redb\n\tuser: x\n",
                "config.yaml:2:1: is indented with a tab; YAML wants spaces|config.yaml:3:1: is indented with a tab; YAML wants spaces"
            },
            {
                "database: {name: redb}\0\nsecret: 1\n",
                "config.yaml:1:23: contains the control character U+0000; this is not a text file"
            },
            { "a: &a [*a]", "config.yaml:1:8: *a contains itself" },
            { "a: *b", "config.yaml:1:4: *b stands for nothing: no &b before it" },
            {
                "database: {name: redb}\n---\ndatabase: {name: other}\n",
                "config.yaml:2:1: a second document starts here; a file holds one configuration"
            },
            {
                "database: !!binary aGk=\n",
                "config.yaml:1:11: the tag \"tag:yaml.org,2002:binary\" is not supported; leave it out"
            },
            { "[a, b]: c\ndatabase: {name: redb}\n", "config.yaml:1:1: a key must be a single value, not a list" },
            {
                "<<: 5\ndatabase: {name: redb}\n",
                "config.yaml:1:1: << merges a set of keys or a list of them, not a single value"
            },
        };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_file_that_is_no_configuration_is_told_why(string text, string problems)
    {
        string.Join('|', Given.Problems(text)).Should().Be(problems);
    }

    [Fact]
    public void A_YAML_bomb_is_refused()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Read(bomb.ToString()).Should().ContainSingle().Which.Should().Contain("is too large: more than 100000 values");
    }

    [Fact]
    public void A_bomb_of_text_is_refused()
    {
        var bomb = $"a: &a \"{new string('x', 500_000)}\"\nb: [{string.Join(", ", Enumerable.Repeat("*a", 5_000))}]\n";

        Read(bomb).Should().ContainSingle().Which.Should().Contain("is too large");
    }

    [Fact]
    public void A_bomb_of_merges_is_refused()
    {
        var keys = string.Join(", ", Enumerable.Range(0, 1_000).Select(i => $"k{i}: 1"));
        var bomb = $"a: &a {{{keys}}}\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"m{i}: {{<<: *a}}\n"));

        Read(bomb).Should().ContainSingle().Which.Should().Contain("is too large");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("&a ")]
    public void Endless_nesting_is_refused(string opening) =>
        Read("a:\n  " + string.Concat(Enumerable.Repeat(opening, 1_000_000 / opening.Length))).Should().ContainSingle();

    [Fact]
    public void Nesting_by_aliases_is_refused()
    {
        var tower = new StringBuilder("a0: &a0 [[[[[[[[[x]]]]]]]]]\n");
        for (var i = 1; i < 10; i++)
        {
            tower.Append($"a{i}: &a{i} [[[[[*a{i - 1}]]]]]\n");
        }

        Read(tower.ToString()).Should().ContainSingle().Which.Should().Contain("is nested deeper than 32 levels");
    }

    [Fact]
    public void Ten_megabytes_of_garbage_are_refused()
    {
        var garbage = new byte[10_000_000];
        new Random(1).NextBytes(garbage);

        Read(garbage).Should().Equal("config.yaml:1:1: is larger than 1 MiB; this is not a configuration file");
    }

    [Fact]
    public void A_megabyte_of_garbage_is_refused()
    {
        var garbage = new byte[1_000_000];
        new Random(1).NextBytes(garbage);

        Read(garbage).Should().ContainSingle().Which.Should().Contain("is not UTF-8 text: byte 0x");
    }

    [Theory]
    [InlineData("k: v\n")]
    [InlineData("- x\n")]
    [InlineData("a: {b: c}\n")]
    [InlineData("\"")]
    [InlineData("'a'\n")]
    [InlineData("a")]
    [InlineData("#")]
    [InlineData(": ")]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData("*")]
    [InlineData("%")]
    [InlineData("!<")]
    [InlineData("a: |\n  x\n")]
    [InlineData("\\")]
    [InlineData("--- x\n")]
    [InlineData("a b\n")]
    [InlineData("{}")]
    [InlineData("[a]: b\n")]
    [InlineData("supervisor: {port: x}\n")]
    public void A_megabyte_of_anything_is_read_soon(string piece) =>
        Read(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length))).Should().NotBeEmpty();

    [Fact]
    public void A_multitude_of_services_is_refused()
    {
        var services = string.Concat(Enumerable.Range(0, 2100).Select(i => $"  s{i}: {{enabled: true}}\n"));

        Read($"{Given.Minimum}services:\n{services}")
            .Should()
            .Equal("config.yaml:2003:3: services: must not hold more than 2000 entries");
    }

    [Fact]
    public void A_multitude_of_arguments_is_refused() =>
        Read(Given.Service($"args: [{string.Join(", ", Enumerable.Repeat("a", 300))}]"))
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith("services.core.args: must not hold more than 256 items, has 300");

    [Fact]
    public void As_many_wrong_names_and_ports_as_fit_are_read_soon()
    {
        var names = string.Join(", ", Enumerable.Range(0, 100).Select(i => $"service_{i}_that_is_nowhere"));
        var ports = string.Join(", ", Enumerable.Range(0, 100).Select(i => $"\"--listen=127.0.0.{i}:5{i:00}\""));
        var services = string.Concat(
            Enumerable
                .Range(0, 150)
                .Select(i =>
                    $"  a_service_with_a_long_name_{i}:\n    enabled: true\n    dependencies: [{names}]\n    args: [{ports}]\n"
                )
        );

        Read($"{Given.Minimum}services:\n{services}").Should().HaveCount(501);
    }

    [Fact]
    public void Text_in_UTF_16_is_told_apart()
    {
        var content = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Given.Minimum)).ToArray();

        Read(content)
            .Should()
            .Equal("config.yaml:1:1: is not UTF-8 text: byte 0xFF at offset 0; it looks like UTF-16, save it as UTF-8");
    }

    [Fact]
    public void Bytes_that_are_no_text_are_placed()
    {
        byte[] content = [.. "a: b\nc: "u8, 0xC3, 0x28];

        Read(content).Should().Equal("config.yaml:2:4: is not UTF-8 text: byte 0xC3 at offset 8");
    }

    [Fact]
    public void A_byte_order_mark_and_Windows_line_ends_are_fine() =>
        Given.Good("\uFEFFdatabase:\r\n  name: redb\r\n").Database.Name.Should().Be("redb");

    [Fact]
    public void Aliases_and_merges_are_fine()
    {
        var configuration = Given.Good(
            "database:\n  name: &n redb\n  user: *n\n"
                + "services:\n  a: &s {enabled: true, args: [--port=1]}\n  b: {<<: *s, args: [--port=2]}\n"
        );

        configuration.Database.User.Should().Be("redb");
        configuration.Services[1].Enabled.Should().BeTrue();
        configuration.Services[1].Arguments.Should().Equal("--port=2");
    }

    [Fact]
    public void Tabs_inside_of_text_are_fine() =>
        Given
            .Good(Given.Minimum + "services:\n  a:\n    config:\n      k: |\n        x\n        \ty\n")
            .Services[0]
            .Config["k"]
            .Should()
            .Be("x\n\ty\n");

    private static string[] Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static string[] Read(byte[] content)
    {
        var start = Stopwatch.GetTimestamp();

        var problems = Given.Problems(Given.File("") with { Content = content });

        Stopwatch.GetElapsedTime(start).Should().BeLessThan(Soon);
        problems.Should().OnlyContain(problem => problem.Length < 400, "a problem is for people to read");
        return problems;
    }
}
