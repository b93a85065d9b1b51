using Microsoft.Extensions.Time.Testing;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Mesh;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Commands;

public sealed class MeshCommandTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly Tool _tool;
    private readonly string _mesh;

    public MeshCommandTests(FakeCluster cluster)
    {
        _tool = new(cluster) { Time = new FakeTimeProvider(Now), Width = 120 };
        _mesh = $"of-{_tool.Host}";
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("mesh")));
        _tool.World.Meshes[_mesh] = new()
        {
            Name = _mesh,
            Epoch = long.MaxValue,
            Revision = 7,
            IsSettled = true,
            Nodes =
            [
                new(Node(1, _tool.Host), TimeSpan.FromSeconds(1.25), Now),
                new(Node(2, "far"), TimeSpan.Zero, Now),
            ],
            Conflicts = ["mesh node id 2 is taken by group default on far and claimed by another"],
        };
        _tool.World.Links[$"{_tool.Host}/default"] = new()
        {
            Host = _tool.Host,
            Group = "default",
            Mesh = _mesh,
            Own = Node(1, _tool.Host),
            Links =
            [
                new(Node(2, "far"), MeshLinkPhase.Connected, 0, "", Now.AddMinutes(-5)),
                new(Node(3, "lost"), MeshLinkPhase.Waiting, 4, "10.0.0.3:10001: refused", Now.AddSeconds(-9)),
            ],
            Others = [99],
        };
    }

    [Fact]
    public async Task Nodes_shows_every_node_with_its_age_and_every_conflict()
    {
        var run = await _tool.RunAsync("mesh", "nodes");

        run.Code.Should().Be(ExitCode.Done);
        var lines = run.Output.Split('\n');
        lines[0].Should().MatchRegex("NODE +HOST +GROUP +STATE +AGE +MESH +ADDRESS");
        lines[1]
            .Should()
            .MatchRegex($"^ *9007199254740994 +{_tool.Host} +default +Ready +1.3s +{_mesh} +10.0.0.1:10001$");
        run.Output.Should().Contain("mesh node id 2 is taken");
    }

    [Fact]
    public async Task Nodes_as_json_has_ids_as_text()
    {
        var run = await _tool.RunAsync("mesh", "nodes", "-o", "json");

        run.Output.Should()
            .Contain("\"nodeId\": \"9007199254740994\"")
            .And.Contain("\"epoch\": \"9223372036854775807\"");
        run.Output.Should().Contain("\"ageSeconds\": 1.25");
    }

    [Fact]
    public async Task Peers_shows_whom_a_group_wants_sessions_with()
    {
        var run = await _tool.RunAsync("mesh", "peers");

        run.Code.Should().Be(ExitCode.Done);
        run.Output.Should().MatchRegex("default +9007199254740995 +far +default +Ready +yes");
        run.Output.Should().MatchRegex("default +9007199254740996 +lost +default +Ready +no");
    }

    [Fact]
    public async Task Links_shows_what_is_missing_and_why()
    {
        var run = await _tool.RunAsync("mesh", "links");
        var check = await _tool.RunAsync("mesh", "links", "--check");

        run.Code.Should().Be(ExitCode.Done);
        run.Output.Should().MatchRegex("9007199254740994 +9007199254740995 +Connected +5m00s +0");
        run.Output.Should().MatchRegex("9007199254740996 +Waiting +9s +4 +10.0.0.3:10001: refused");
        run.Output.Should().MatchRegex("99 +Connected +- +- +is no peer");
        check.Code.Should().Be(ExitCode.Unhealthy);
    }

    [Fact]
    public async Task Links_are_those_of_the_groups_here_unless_another_host_is_named()
    {
        var far = $"{_tool.Host}-far";
        _tool.World.Add(new FakeGroup(far, "default", Services.Ready("mesh")));
        _tool.World.Links[$"{far}/default"] = new()
        {
            Host = far,
            Group = "default",
            Mesh = _mesh,
            Own = Node(2, far),
        };
        _tool.World.Clusters[_tool.Host] = [Up(_tool.Host), Up(far)];

        var near = await _tool.RunAsync("mesh", "links", "-o", "json");
        var named = await _tool.RunAsync("mesh", "links", "-H", far, "-o", "json");

        near.Output.Should().Contain("9007199254740994").And.NotContain(far);
        named.Output.Should().Contain(far).And.NotContain("9007199254740994");
    }

    [Fact]
    public async Task Of_a_silent_host_is_said_that_its_sessions_are_not_known()
    {
        var lost = $"{_tool.Host}-lost";
        var group = new FakeGroup(lost, "default", Services.Ready("mesh"));
        _tool.World.Clusters[_tool.Host] =
        [
            Up(_tool.Host),
            Up(lost) with
            {
                State = HostState.Unknown,
                Groups = [group.View with { Phase = GroupPhase.Unknown, Reason = "silent 12s, was Ready" }],
            },
        ];

        var run = await _tool.RunAsync("mesh", "links", "-H", lost);
        var check = await _tool.RunAsync("mesh", "links", "-H", lost, "--check");

        run.Code.Should().Be(ExitCode.Done);
        run.Output.Should().Contain($"{lost}/default: its sessions are not known: silent 12s, was Ready");
        check.Code.Should().Be(ExitCode.Unhealthy);
    }

    [Fact]
    public async Task Why_of_the_mesh_service_tells_what_is_wrong_with_its_sessions()
    {
        var run = await _tool.RunAsync("why", "mesh");

        run.Output.Should()
            .Contain(
                "no session with 9007199254740996 (group default on lost, 10.0.0.3:10001): 10.0.0.3:10001: refused"
            );
    }

    [Fact]
    public async Task A_group_without_a_mesh_service_says_so()
    {
        _tool.World.Links.TryRemove($"{_tool.Host}/default", out _);

        var run = await _tool.RunAsync("mesh", "nodes");

        run.Code.Should().Be(ExitCode.Done);
        run.Output.Should().StartWith("NODE").And.NotContain("9007");
    }

    public void Dispose() => _tool.Dispose();

    private static HostView Up(string host) =>
        new()
        {
            Host = host,
            Silo = host,
            State = HostState.Up,
        };

    private static MeshNode Node(ulong id, string host) =>
        new()
        {
            NodeId = 9_007_199_254_740_993 + id,
            Host = host,
            Group = "default",
            Address = $"10.0.0.{id}:10001",
            State = MeshNodeState.Ready,
            Run = 1,
        };
}
