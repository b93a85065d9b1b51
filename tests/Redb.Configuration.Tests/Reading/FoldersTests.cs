namespace Redb.Configuration.Tests.Reading;

public sealed class FoldersTests
{
    private const string Two = Given.Minimum + "instance_group: {group_id: two}\n";

    [Fact]
    public void The_data_folder_follows_XDG() =>
        Given
            .Good(Two, ("XDG_DATA_HOME", "/shared"), ("HOME", "/home/me"))
            .Supervisor.DataDirectory.Should()
            .Be("/shared/redb/two");

    [Fact]
    public void A_relative_XDG_folder_is_ignored() =>
        Given
            .Good(Two, ("XDG_DATA_HOME", "shared"), ("HOME", "/home/me"))
            .Supervisor.DataDirectory.Should()
            .Be("/home/me/.local/share/redb/two");

    [Fact]
    public void Without_a_home_the_data_folder_is_in_tmp() =>
        Given.Good(Two).Supervisor.DataDirectory.Should().Be("/tmp/redb-two");

    [Theory]
    [InlineData("data", "/srv/data")]
    [InlineData("../data/./x", "/data/x")]
    [InlineData("/srv/redb", "/srv/redb")]
    [InlineData("~/redb", "/home/me/redb")]
    public void A_written_data_folder_becomes_absolute(string written, string expected) =>
        Given
            .Good($"{Given.Minimum}supervisor: {{data_dir: {written}}}\n", ("HOME", "/home/me"))
            .Supervisor.DataDirectory.Should()
            .Be(expected);

    [Fact]
    public void A_file_is_found_from_the_working_folder()
    {
        var input = Given.File("") with
        {
            Content = null,
            File = "sub/c.yaml",
            Files = new FakeFiles().WithText("/srv/sub/c.yaml", Given.Minimum),
        };

        ConfigurationReader.Read(input).Configuration!.File.Should().Be("sub/c.yaml");
    }

    [Fact]
    public void A_missing_file_is_a_problem()
    {
        var input = Given.File("") with { Content = null };

        Given.Problems(input).Should().Equal("config.yaml: no such file; looked for /srv/config.yaml");
    }
}
