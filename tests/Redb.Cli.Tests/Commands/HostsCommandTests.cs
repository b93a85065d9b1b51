using System.Text.Json;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Commands;

/// <summary>What is seen and asked of other hosts. A test's hosts are its own host with a letter behind it.</summary>
public sealed class HostsCommandTests(FakeCluster cluster) : IDisposable
{
    private readonly Tool _tool = new(cluster) { Width = 200 };

    private string B => $"{_tool.Host}-b";

    private string C => $"{_tool.Host}-c";

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Hosts_shows_every_host_and_for_how_long_the_silent_ones_have_been_so()
    {
        Cluster(Silent(C));

        var run = await _tool.RunAsync("hosts");

        run.Code.Should().Be(ExitCode.Done);
        run.Output.Should().MatchRegex($"{_tool.Host} +Up ").And.MatchRegex($"{B} +Up ");
        run.Output.Should().MatchRegex($@"{C} +Unknown \(silent 12s\) .*no sign of life");
        (await _tool.RunAsync("hosts", "--check")).Code.Should().Be(ExitCode.Unhealthy);
    }

    [Fact]
    public async Task Hosts_as_JSON_has_the_seconds_and_the_groups()
    {
        Cluster(Silent(C));

        var run = await _tool.RunAsync("hosts", "-o", "json");

        using var document = JsonDocument.Parse(run.Output);
        var silent = document.RootElement.GetProperty("hosts").EnumerateArray().Last();
        silent.GetProperty("host").GetString().Should().Be(C);
        silent.GetProperty("state").GetString().Should().Be("Unknown");
        silent.GetProperty("silentSeconds").GetDouble().Should().Be(12);
        silent.GetProperty("groups")[0].GetProperty("state").GetString().Should().Be("Unknown");
    }

    [Fact]
    public async Task Status_of_all_groups_shows_a_silent_host_as_Unknown_and_never_as_running()
    {
        Cluster(Silent(C));

        var run = await _tool.RunAsync("status", "-A");

        run.Code.Should().Be(ExitCode.Done);
        run.Output.Should().Contain($"default on {C}: Unknown (silent 12s, was Ready)");
        run.Output.Should().Contain($"default on {B}: Ready");
        run.Output.Should().MatchRegex($"default +{C} +core +Unknown");
        (await _tool.RunAsync("status", "-A", "--check")).Code.Should().Be(ExitCode.Unhealthy);
    }

    [Fact]
    public async Task Why_says_what_is_known_of_a_service_on_a_silent_host()
    {
        Cluster(Silent(C));

        var run = await _tool.RunAsync("why", $"{C}/default/core");

        run.Output.Should()
            .Contain($"core is Unknown: host {C} is silent for 12s, no sign of life")
            .And.Contain("was Ready, run 1 with pid 77")
            .And.Contain("next: redbctl hosts");
    }

    [Theory]
    [InlineData("default")]
    [InlineData("d*")]
    [InlineData("default/core")]
    public async Task A_group_of_another_host_is_named_by_its_host(string rest)
    {
        var (_, b) = Cluster();

        var run = await _tool.RunAsync("stop", $"{B}/{rest}", "--no-wait");

        run.Code.Should().Be(ExitCode.Done, run.Error);
        b.Requests.Should().Equal(rest.EndsWith("core", StringComparison.Ordinal) ? "Stop core" : "Stop");
    }

    [Fact]
    public async Task A_name_without_a_host_stays_at_home()
    {
        var (a, b) = Cluster();

        (await _tool.RunAsync("stop", "default/core", "--no-wait")).Code.Should().Be(ExitCode.Done);

        a.Requests.Should().Equal("Stop core");
        b.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task With_a_host_chosen_a_name_means_that_host()
    {
        var (a, b) = Cluster();

        (await _tool.RunAsync("stop", "core", "-H", B, "--no-wait")).Code.Should().Be(ExitCode.Done);
        var mistyped = await _tool.RunAsync("stop", "core", "-H", B + "b");

        (a.Requests, b.Requests[0]).Should().Be((a.Requests, "Stop core"));
        a.Requests.Should().BeEmpty();
        mistyped.Code.Should().Be(ExitCode.NotFound);
        mistyped.Error.Should().Contain($"did you mean {B}?");
    }

    [Fact]
    public async Task Nothing_is_asked_of_a_silent_host()
    {
        Cluster(Silent(C));

        var run = await _tool.RunAsync("restart", $"{C}/default");

        run.Code.Should().Be(ExitCode.Unavailable);
        run.Error.Should().Contain("silent for 12s").And.Contain("was Ready");
    }

    [Fact]
    public async Task A_cordoned_host_starts_nothing_without_force()
    {
        var (_, b) = Cluster();

        (await _tool.RunAsync("cordon", B, "--reason", "new disks")).Code.Should().Be(ExitCode.Done);
        var refused = await _tool.RunAsync("restart", $"{B}/default", "--no-wait");
        var forced = await _tool.RunAsync("restart", $"{B}/default", "--no-wait", "--force");
        (await _tool.RunAsync("uncordon", B)).Error.Should().Contain($"redbctl start '{B}/*'");

        refused.Code.Should().Be(ExitCode.Conflict);
        refused.Error.Should().Contain("cordoned").And.Contain($"redbctl uncordon {B}");
        forced.Code.Should().Be(ExitCode.Done);
        b.Requests.Should().Equal("Restart");
        b.View.Cordon.Should().BeNull();
    }

    [Fact]
    public async Task Drain_cordons_stops_in_order_and_waits()
    {
        var (_, b) = Cluster();
        b.OnRequest = (_, service) => service with { Phase = ServicePhase.Stopped, Pid = null };

        var run = await _tool.RunAsync("drain", B);

        run.Code.Should().Be(ExitCode.Done, run.Error);
        run.Error.Should().Contain($"{B} is drained");
        b.Requests.Should().Equal("Stop");
        b.View.Cordon!.Reason.Should().Be("drained");
    }

    [Fact]
    public async Task Forgetting_a_host_that_is_up_is_refused()
    {
        Cluster(Silent(C));

        (await _tool.RunAsync("hosts", "forget", B)).Code.Should().Be(ExitCode.Conflict);
        (await _tool.RunAsync("hosts", "forget", C)).Code.Should().Be(ExitCode.Done);
        (await _tool.RunAsync("hosts", "forget", "nobody")).Code.Should().Be(ExitCode.NotFound);
    }

    [Fact]
    public async Task A_rolling_restart_goes_from_host_to_host()
    {
        var (a, b) = Cluster();
        a.OnRequest = b.OnRequest = (_, service) => service with { Run = service.Run + 1 };

        var run = await _tool.RunAsync("restart", "default", "--rolling");

        run.Code.Should().Be(ExitCode.Done, run.Error);
        run.Error.Should().Contain($"1/2  {_tool.Host}/default  Ready").And.Contain($"2/2  {B}/default  Ready");
        (a.Requests[0], b.Requests[0]).Should().Be(("Restart", "Restart"));
    }

    [Fact]
    public async Task A_rolling_restart_stops_at_the_first_failure_and_says_how_to_go_on()
    {
        var (a, b) = Cluster();
        var c = cluster.World.Add(new FakeGroup(C, "default", Core));
        cluster.World.Clusters[_tool.Host] = [Up(_tool.Host), Up(B), Up(C)];
        a.OnRequest = (_, service) => service with { Run = service.Run + 1 };
        b.OnRequest = (_, service) => service with { Phase = ServicePhase.CrashLoop, Reason = "exit code 3" };

        var run = await _tool.RunAsync("restart", "default", "--rolling", "-o", "json");

        run.Code.Should().Be(ExitCode.PartlyDone);
        run.Error.Should()
            .Contain($"stopped at {B}")
            .And.Contain("exit code 3")
            .And.Contain($"--rolling {B}/default {C}/default");
        c.Requests.Should().BeEmpty();
        using var document = JsonDocument.Parse(run.Output);
        document.RootElement.GetProperty("untouched")[0].GetString().Should().Be($"{C}/default");
        document.RootElement.GetProperty("steps").GetArrayLength().Should().Be(2);
    }

    [Fact]
    public async Task A_rolling_restart_touches_nothing_while_a_host_is_silent()
    {
        var (a, _) = Cluster(Silent(C));

        var run = await _tool.RunAsync("restart", "--rolling", "-A");
        var named = await _tool.RunAsync("restart", "--rolling", "default");

        run.Code.Should().Be(ExitCode.Usage, "restart knows no -A: no names mean all groups");
        named.Code.Should().Be(ExitCode.Unavailable);
        a.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Names_of_hosts_are_completed()
    {
        Cluster(Silent(C));

        var hosts = await _tool.RunAsync("[suggest:6]", "drain ");
        var groups = await _tool.RunAsync("[suggest:7]", "start x/");

        hosts.Output.Should().Contain(B).And.Contain(C);
        groups.Code.Should().Be(ExitCode.Done);
    }

    private static ServiceView Core => Services.Ready("core") with { Pid = 77 };

    private (FakeGroup A, FakeGroup B) Cluster(params HostView[] others)
    {
        var a = _tool.Supervise(new FakeGroup(_tool.Host, "default", Core));
        var b = cluster.World.Add(new FakeGroup(B, "default", Core));
        cluster.World.Clusters[_tool.Host] = [Up(_tool.Host), Up(B), .. others];
        return (a, b);
    }

    private static HostView Up(string host) =>
        new()
        {
            Host = host,
            Silo = host,
            State = HostState.Up,
            SilentFor = TimeSpan.FromMilliseconds(300),
        };

    private static HostView Silent(string host) =>
        new()
        {
            Host = host,
            Silo = host,
            State = HostState.Unknown,
            SilentFor = TimeSpan.FromSeconds(12),
            Reason = "no sign of life",
            Groups =
            [
                new()
                {
                    Host = host,
                    Group = "default",
                    Phase = GroupPhase.Unknown,
                    Reason = "silent 12s, was Ready",
                    Services = [Core with { Phase = ServicePhase.Unknown, Reason = "silent 12s, was Ready" }],
                },
            ],
        };
}
