using Redb.Abstractions.Configuration;

namespace Redb.Configuration.Tests.Keys;

public sealed class MeshSectionTests
{
    [Fact]
    public void A_file_without_a_mesh_section_has_the_defaults() =>
        Given.Good(Given.Minimum).Mesh.Should().Be(new MeshConfiguration());

    [Fact]
    public void Every_key_is_read() =>
        Good(
                "name: ours, auto_join: true, min_peers: 2, renew_interval: 1s, silent_after: 4s, verify_interval: 500ms, connect_timeout: 10s, claim_timeout: 3s"
            )
            .Should()
            .Be(
                new MeshConfiguration
                {
                    Name = "ours",
                    AutoJoin = true,
                    MinPeers = 2,
                    RenewInterval = TimeSpan.FromSeconds(1),
                    SilentAfter = TimeSpan.FromSeconds(4),
                    VerifyInterval = TimeSpan.FromMilliseconds(500),
                    ConnectTimeout = TimeSpan.FromSeconds(10),
                    ClaimTimeout = TimeSpan.FromSeconds(3),
                }
            );

    [Theory]
    [InlineData("min_peers: -1", "mesh.min_peers")]
    [InlineData("min_peers: 10001", "mesh.min_peers")]
    [InlineData("min_peers: many", "mesh.min_peers")]
    [InlineData("name: 'a b'", "mesh.name")]
    [InlineData("connect_timeout: 999ms", "mesh.connect_timeout")]
    [InlineData("verify_interval: 99ms", "mesh.verify_interval")]
    [InlineData("auto_join: perhaps", "mesh.auto_join")]
    [InlineData("peers: []", "mesh.peers")]
    public void What_makes_no_sense_is_refused(string setting, string path) =>
        Problems(setting).Should().ContainSingle().Which.Should().Contain(path);

    [Theory]
    [InlineData("renew_interval: 1s, silent_after: 2s")]
    [InlineData("connect_timeout: 1s, min_peers: 10000, verify_interval: 100ms")]
    public void The_limits_themselves_are_fine(string settings) => Problems(settings).Should().BeEmpty();

    [Theory]
    [InlineData("silent_after: 3999ms", "mesh.silent_after: a node that says every 2 s")]
    [InlineData("renew_interval: 5s", "mesh.renew_interval: a node that says every 5 s")]
    public void A_node_is_not_given_up_before_it_could_speak_twice(string setting, string problem) =>
        Problems(setting).Should().ContainSingle().Which.Should().Contain(problem);

    private static MeshConfiguration Good(string settings) => Given.Good($"{Given.Minimum}mesh: {{{settings}}}\n").Mesh;

    private static string[] Problems(string settings) => Given.Problems($"{Given.Minimum}mesh: {{{settings}}}\n");
}
