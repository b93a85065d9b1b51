using System.Text;
using CsCheck;
using Redb.Abstractions.Configuration;

namespace Redb.Configuration.Tests;

public sealed class FuzzTests
{
    private static readonly string Sample = Repository.Text("config/config.yaml");

    // What has a meaning in YAML or in the configuration does more damage than random letters.
    private static readonly Gen<string> Piece = Gen.OneOf(
        Gen.OneOf<string>(
            "\t",
            "\0",
            "\r",
            "\n",
            " ",
            ":",
            ": ",
            "- ",
            "? ",
            "#",
            "|",
            ">",
            "'",
            "\"",
            "\\",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&a ",
            "*a",
            "<<: *a",
            "!!str ",
            "!",
            "%YAML 9.9\n",
            "---\n",
            "...\n",
            "~",
            "null",
            "\"\\U0011FFFF\"",
            "\"\\0\"",
            "\uFEFF",
            "\u2028",
            "\u0085",
            "ü",
            "😀",
            "\ud800",
            "-1",
            "0",
            "65536",
            "1e999",
            "99999999999999999999",
            "10x",
            "true",
            "--port=",
            "--port=70000",
            "core",
            "mesh",
            "services:",
            "dependencies: [core]",
            "    restart: {max_delay: 1ns}\n"
        ),
        Gen.String[0, 5]
    );

    [Fact]
    public void Random_bytes_never_break_the_reader() => Gen.Byte.Array[0, 200].Sample(Handle, iter: 20_000);

    [Fact]
    public void Random_text_never_breaks_the_reader() =>
        Piece
            .Array[0, 30]
            .Select(static pieces => Encoding.UTF8.GetBytes(string.Concat(pieces)))
            .Sample(Handle, iter: 20_000);

    [Fact]
    public void A_damaged_configuration_never_breaks_the_reader()
    {
        var damage = Gen.Select(Gen.Int[0, Sample.Length], Gen.Int[0, 30], Piece);

        damage
            .Array[1, 8]
            .Select(static all => Encoding.UTF8.GetBytes(all.Aggregate(Sample, Apply)))
            .Sample(Handle, iter: 1_500);
    }

    [Fact]
    public void A_configuration_cut_short_never_breaks_the_reader() =>
        Gen.Int[0, Sample.Length]
            .Select(static length => Encoding.UTF8.GetBytes(Sample[..length]))
            .Sample(Handle, iter: 500);

    private static string Apply(string text, (int Start, int Length, string Piece) damage)
    {
        var start = Math.Min(damage.Start, text.Length);
        var end = Math.Min(start + damage.Length, text.Length);
        return string.Concat(text.AsSpan(0, start), damage.Piece, text.AsSpan(end));
    }

    private static void Handle(byte[] content)
    {
        var result = ConfigurationReader.Read(Given.File("") with { Content = content });

        // YAML counts more kinds of line ends than C# does.
        var lines =
            1
            + Encoding.UTF8.GetString(content).Count(static c => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029');
        var hasErrors = result.Problems.Any(static problem => problem.Severity == ProblemSeverity.Error);
        (result.Configuration is null).Should().Be(hasErrors);
        var unfit = result.Problems.FirstOrDefault(problem =>
            problem.Line < 1
            || problem.Line > lines
            || problem.Column < 1
            || problem.Column > content.Length + 1
            || problem.Message.Length is 0 or > 400
            || problem.ToString().Any(char.IsControl)
        );
        unfit.Should().BeNull();
    }
}
