using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Commands;

public sealed class StatusCommandTests(FakeCluster cluster) : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private const string Golden = """
        {
          "apiVersion": "redb.supervisor/v1",
          "groups": [
            {
              "host": "HOST",
              "group": "default",
              "version": 1,
              "wanted": "Down",
              "state": "Ready",
              "reason": "",
              "since": null,
              "ready": 0,
              "total": 1,
              "endpoint": "127.0.0.1:50000",
              "portOffset": 0,
              "services": [
                {
                  "name": "core",
                  "wanted": "Up",
                  "state": "Backoff",
                  "ready": false,
                  "reason": "no heartbeat",
                  "since": null,
                  "required": true,
                  "configured": true,
                  "run": 1,
                  "restarts": 0,
                  "failures": 0,
                  "maxFailures": 0,
                  "restartDue": "2026-01-31T12:00:03+00:00",
                  "pid": null,
                  "port": 50055,
                  "startedAt": null,
                  "readyAt": null,
                  "health": "Unknown",
                  "lastExit": {
                    "code": null,
                    "signal": 9,
                    "at": "2026-01-31T12:00:00+00:00",
                    "text": "SIGKILL"
                  },
                  "dependencies": [
                    "mesh"
                  ],
                  "limits": "memory 512 MB (cgroup v1)"
                }
              ]
            }
          ],
          "journal": [],
          "cluster": []
        }

        """;

    private readonly Tool _tool = new(cluster);

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task It_prints_the_group_and_its_services()
    {
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core"), Services.Stopped("mesh")));

        var run = await _tool.RunAsync("status");

        run.Code.Should().Be(ExitCode.Done, "the command succeeded whatever the health of the group");
        run.Output.Should()
            .Be(
                $"""
                default on {_tool.Host}: Ready, 1 of 2 ready, 127.0.0.1:50000
                SERVICE  STATE    READY  RESTARTS  UPTIME  PID  PORT  REASON
                core     Ready    yes           0       -    -     -
                mesh     Stopped  no            0       -    -     -

                """
            );
        run.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task A_service_asked_for_by_name_is_shown_with_its_limits()
    {
        var core = Services.Ready("core") with { Limits = "memory 512 MB (cgroup v2)" };
        _tool.Supervise(new FakeGroup(_tool.Host, "default", core, Services.Ready("mesh")));

        var named = await _tool.RunAsync("status", "core", "mesh");
        var whole = await _tool.RunAsync("status");

        named.Output.TrimEnd().Split('\n')[^1].Should().Be("limits of core: memory 512 MB (cgroup v2)");
        whole.Output.Should().NotContain("limits of");
    }

    [Theory]
    [InlineData(GroupPhase.Ready, 0)]
    [InlineData(GroupPhase.Degraded, 3)]
    [InlineData(GroupPhase.Failed, 3)]
    public async Task Check_turns_the_health_of_the_group_into_the_exit_code(GroupPhase phase, int code)
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));
        group.Change(view => view with { Phase = phase });

        var run = await _tool.RunAsync("status", "--check");

        ((int)run.Code).Should().Be(code);
    }

    [Fact]
    public async Task A_journal_that_is_not_written_shows_with_what_to_do()
    {
        const string Trouble = "the journal /d/journal.db is not written: its disk is full; make room";
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));
        cluster.World.JournalTroubles[$"{_tool.Host}/default"] = Trouble;

        var table = await _tool.RunAsync("status");
        var json = await _tool.RunAsync("status", "-o", "json");

        table.Output.Should().StartWith($"{Trouble}\ndefault on {_tool.Host}: Ready");
        using var document = JsonDocument.Parse(json.Output);
        document.RootElement.GetProperty("journal")[0].GetString().Should().Be(Trouble);
    }

    [Fact]
    public async Task An_island_shows_with_the_reason()
    {
        const string Trouble = "runs as an island, without the other hosts of the cluster: PostgreSQL is away";
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));
        cluster.World.ClusterTroubles[$"{_tool.Host}/default"] = Trouble;

        var table = await _tool.RunAsync("status");
        var json = await _tool.RunAsync("status", "-o", "json");

        table.Output.Should().StartWith($"{Trouble}\ndefault on {_tool.Host}: Ready");
        using var document = JsonDocument.Parse(json.Output);
        document.RootElement.GetProperty("cluster")[0].GetString().Should().Be(Trouble);
    }

    [Fact]
    public async Task Json_keeps_its_field_names()
    {
        using var tool = new Tool(cluster) { Time = new FakeTimeProvider(Now) };
        var core = Services.Ready("core") with
        {
            Phase = ServicePhase.BackingOff,
            Reason = "no heartbeat",
            LastExit = new RunExit(null, 9, Now),
            RestartDue = Now.AddSeconds(3),
            Dependencies = ["mesh"],
            Port = 50055,
            Limits = "memory 512 MB (cgroup v1)",
        };
        tool.Supervise(new FakeGroup(tool.Host, "default", core));

        var run = await tool.RunAsync("status", "-o", "json");

        run.Output.Should().Be(Golden.Replace("HOST", tool.Host, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_prints_a_json_document_a_line_until_Ctrl_C()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));
        using var interrupted = new CancellationTokenSource();

        var running = _tool.RunAsync(interrupted.Token, "status", "--watch", "-o", "json");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        group.ChangeService("core", service => service with { Phase = ServicePhase.Unhealthy });
        group.EndsStreams = true;
        group.Change(view => view with { Phase = GroupPhase.Degraded });
        var run = await running;

        var states = run
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("groups")[0].GetProperty("state"));
        states.First().GetString().Should().Be("Ready");
        run.Code.Should().Be(ExitCode.Unavailable, "the supervisor ended the stream");
    }

    [Fact]
    public async Task Ctrl_C_ends_a_watch()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));
        using var interrupted = new CancellationTokenSource();

        var running = _tool.RunAsync(interrupted.Token, "status", "--watch");
        await group.Watched.Task.WaitAsync(TestContext.Current.CancellationToken);
        await interrupted.CancelAsync();
        var run = await running;

        run.Code.Should().Be(ExitCode.Interrupted);
    }

    [Fact]
    public async Task Several_groups_get_columns_of_their_own()
    {
        _tool.Supervise(
            new FakeGroup(_tool.Host, "blue", Services.Ready("core")),
            new FakeGroup(_tool.Host, "green", Services.Ready("core"))
        );

        var run = await _tool.RunAsync("status");

        run.Output.Should().Contain($"blue   {_tool.Host}  core").And.Contain($"green  {_tool.Host}  core");
    }

    [Fact]
    public async Task Without_a_supervisor_it_says_where_it_looked()
    {
        var run = await _tool.RunAsync("status");

        run.Code.Should().Be(ExitCode.Unavailable);
        run.Output.Should().BeEmpty();
        run.Error.Split('\n').Should().HaveCount(4).And.Contain(line => line.Contains("redb/*/supervisor.json"));
    }

    [Fact]
    public async Task A_file_left_behind_is_named_as_stale()
    {
        _tool.Announce("old", pid: 7, "default");

        var run = await _tool.RunAsync("status");

        run.Code.Should().Be(ExitCode.Unavailable);
        run.Error.Should().Contain("is stale: its process 7 is gone");
    }

    [Fact]
    public async Task Several_supervisors_are_listed_and_none_is_guessed()
    {
        _tool.Announce("one", Tool.LivePid, "blue");
        _tool.Announce("two", Tool.LivePid + 1, "green");

        var run = await _tool.RunAsync("status");

        run.Code.Should().Be(ExitCode.Usage);
        run.Error.Should().Contain("blue on").And.Contain("green on").And.Contain("-g GROUP");
    }

    [Fact]
    public async Task A_supervisor_that_wrote_into_several_folders_is_one()
    {
        _tool.Supervise(
            new FakeGroup(_tool.Host, "blue", Services.Ready("core")),
            new FakeGroup(_tool.Host, "green", Services.Ready("mesh"))
        );
        _tool.Announce("two", Tool.LivePid, "blue", "green");

        var every = await _tool.RunAsync("status");
        var one = await _tool.RunAsync("status", "-g", "green");

        every.Code.Should().Be(ExitCode.Done, every.Error);
        every.Output.Should().Contain("core").And.Contain("mesh");
        one.Code.Should().Be(ExitCode.Done, one.Error);
        one.Output.Should().Contain("mesh").And.NotContain("core");
    }

    [Fact]
    public async Task Groups_of_the_same_name_are_all_shown()
    {
        _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));
        TwoSupervisorsOfOneName();

        var run = await _tool.RunAsync("status", "-A");

        run.Code.Should().Be(ExitCode.Done, run.Error);
        run.Output.Split('\n').Count(line => line.Contains("default on", StringComparison.Ordinal)).Should().Be(2);
        run.Output.Split('\n').Count(line => line.Contains(" core ", StringComparison.Ordinal)).Should().Be(2);
    }

    [Fact]
    public async Task Watching_the_cluster_shows_all_of_it_whenever_something_changed_until_Ctrl_C()
    {
        var group = _tool.Supervise(new FakeGroup(_tool.Host, "default", Services.Ready("core")));
        TwoSupervisorsOfOneName();
        using var interrupted = new CancellationTokenSource();
        using var output = new SignallingWriter("Degraded");
        using var error = new StringWriter();

        var running = _tool.RunAsync(output, error, interrupted.Token, "status", "-A", "--watch", "-o", "json");
        group.Change(view => view with { Phase = GroupPhase.Degraded });
        await output.Seen.Task.WaitAsync(TestContext.Current.CancellationToken);
        await interrupted.CancelAsync();

        (await running).Should().Be(ExitCode.Interrupted);
        var documents = output
            .ToString()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("groups").GetArrayLength());
        documents.Should().NotBeEmpty().And.AllSatisfy(count => count.Should().Be(2));
    }

    // As in two clusters on one machine.
    private void TwoSupervisorsOfOneName() =>
        cluster.World.Clusters[_tool.Host] = [
            .. new[] { "one", "two" }.Select(silo => new HostView
            {
                Host = _tool.Host,
                Silo = silo,
                State = HostState.Up,
            }),
        ];
}
