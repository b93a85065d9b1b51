namespace Redb.Configuration.Tests.Rules;

public sealed class MeshRulesTests
{
    [Fact]
    public void Values_the_mesh_would_not_read_are_warned_of()
    {
        var problems = Given.Problems(
            Given.Service("config: {a: 10001, b: \"10001\", c: true, d: text, e: , f: 1.5}", "mesh")
        );

        problems
            .Should()
            .HaveCount(4)
            .And.AllSatisfy(problem =>
                problem.Should().Contain("must be in quotes").And.Contain("warning: services.mesh.config.")
            );
    }

    [Theory]
    [InlineData("[--config=config.yaml]")]
    [InlineData("[--config, ./config.yaml]")]
    [InlineData("[--config=/srv/config.yaml]")]
    [InlineData("[--config]")]
    [InlineData("[--configuration=x]")]
    public void A_mesh_that_reads_this_file_is_fine(string arguments) =>
        Given.Problems(Given.Service($"args: {arguments}", "mesh")).Should().BeEmpty();

    [Theory]
    [InlineData("[--config=other.yaml]", "args[0]: the mesh will read /srv/other.yaml, which is not this file")]
    [InlineData("[--config, other.yaml]", "args[1]: the mesh will read /srv/other.yaml, which is not this file")]
    [InlineData(
        "[--config=config.yaml], working_directory: sub",
        "args[0]: the mesh will read /srv/sub/config.yaml, which is not this file"
    )]
    public void A_mesh_that_reads_another_file_is_warned_of(string arguments, string warning)
    {
        var input = Given.File(Given.Service($"args: {arguments}", "mesh")) with
        {
            Files = new FakeFiles().With("/srv/sub", FileStatus.Folder),
        };

        Given.Problems(input).Should().ContainSingle().Which.Should().EndWith($"warning: services.mesh.{warning}");
    }
}
