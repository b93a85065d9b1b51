using Redb.StandIn.Arguments;
using Redb.StandIn.Roles;

namespace Redb.Hosting.Service.Tests.StandIn;

public sealed class RoleTests
{
    [Theory]
    [InlineData("./bin/redb-core", "core")]
    [InlineData("redb-mesh", "mesh")]
    [InlineData("/opt/worker", "worker")]
    public void A_file_is_named_after_its_role(string path, string role) => Role.NameFromFile(path).Should().Be(role);

    [Theory]
    [InlineData("security", 50051)]
    [InlineData("mesh", 50056)]
    [InlineData("stream", 50061)]
    [InlineData("worker", 0)]
    public void A_role_has_the_port_of_the_base_table(string role, int port) => Role.Named(role).Port.Should().Be(port);

    [Fact]
    public void One_dash_does_for_two() =>
        StandInCommandLine
            .WithTwoDashes(["-port=1", "--port", "-1", "-h", "-supervisor", "x"])
            .Should()
            .Equal("--port=1", "--port", "-1", "-h", "--supervisor", "x");
}
