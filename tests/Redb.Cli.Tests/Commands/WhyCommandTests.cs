using Microsoft.Extensions.Time.Testing;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Cli.Tests.Fakes;

namespace Redb.Cli.Tests.Commands;

public sealed class WhyCommandTests(FakeCluster cluster) : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private const string Golden = """
        {
          "apiVersion": "redb.supervisor/v1",
          "host": "HOST",
          "group": "default",
          "service": "core",
          "links": [
            {
              "name": "core",
              "neededBy": null,
              "root": false,
              "wanted": "Up",
              "state": "Pending",
              "reason": "waits for mesh, security",
              "since": null,
              "lastExit": null,
              "event": null,
              "detail": []
            },
            {
              "name": "mesh",
              "neededBy": "core",
              "root": true,
              "wanted": "Up",
              "state": "CrashLoop",
              "reason": "died 6 times",
              "since": "2026-01-31T11:59:00+00:00",
              "lastExit": {
                "code": 1,
                "signal": null,
                "at": "2026-01-31T11:59:00+00:00",
                "text": "exit code 1"
              },
              "event": "run 7 of pid 99 ended: exit code 1",
              "detail": [
                "panic: no such table",
                "at main"
              ]
            },
            {
              "name": "security",
              "neededBy": "core",
              "root": true,
              "wanted": "Up",
              "state": "Unhealthy",
              "reason": "no heartbeat",
              "since": null,
              "lastExit": null,
              "event": null,
              "detail": []
            }
          ],
          "next": "redbctl logs mesh security",
          "mesh": []
        }

        """;

    private readonly Tool _tool = new(cluster) { Time = new FakeTimeProvider(Now) };

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task It_goes_down_to_what_went_wrong_first()
    {
        Break();

        var run = await _tool.RunAsync("why", "clientapi");

        run.Code.Should().Be(ExitCode.Done);
        run.Output.Should()
            .Be(
                """
                clientapi is Pending for 5s: waits for core
                  core is Pending: waits for mesh, security
                    mesh is CrashLoop for 1m00s: died 6 times
                      redbctl retry mesh starts it at once
                      1m00s ago: run 7 of pid 99 ended: exit code 1
                        panic: no such table
                        at main
                    security is Unhealthy: no heartbeat
                next: redbctl logs mesh security

                """
            );
    }

    [Fact]
    public async Task Json_is_a_flat_list_with_who_needs_whom()
    {
        Break();

        var run = await _tool.RunAsync("why", "core", "-o", "json");

        run.Output.Should().Be(Golden.Replace("HOST", _tool.Host, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_stopped_is_to_be_started()
    {
        _tool.Supervise(
            new FakeGroup(
                _tool.Host,
                "default",
                Services.Stopped("mesh") with
                {
                    LastExit = new RunExit(0, null, Now.AddSeconds(-4)),
                },
                Services.In("core", ServicePhase.Pending) with
                {
                    Dependencies = ["mesh"],
                }
            )
        );

        var run = await _tool.RunAsync("why", "core");

        run.Output.Should()
            .Be(
                """
                core is Pending
                  mesh is Stopped
                    4s ago: its last run ended with exit code 0
                next: redbctl start mesh core

                """
            );
    }

    [Fact]
    public async Task A_ready_service_needs_no_explanation()
    {
        Break();

        var run = await _tool.RunAsync("why", "web");

        run.Output.Should().Be("web is Ready\nnext: redbctl status\n");
    }

    [Theory]
    [InlineData("default")]
    [InlineData("*")]
    public async Task Several_services_are_not_explained_at_once(string name)
    {
        Break();

        var run = await _tool.RunAsync("why", name);

        run.Code.Should().Be(ExitCode.Usage);
    }

    private void Break()
    {
        var group = _tool.Supervise(
            new FakeGroup(
                _tool.Host,
                "default",
                Services.In("security", ServicePhase.Unhealthy) with
                {
                    Reason = "no heartbeat",
                },
                Services.In("mesh", ServicePhase.CrashLoop) with
                {
                    Reason = "died 6 times",
                    Since = Now.AddMinutes(-1),
                    LastExit = new RunExit(1, null, Now.AddMinutes(-1)),
                    Dependencies = ["web"],
                },
                Services.Ready("web") with
                {
                    LastExit = new RunExit(1, null, Now.AddHours(-1)),
                },
                Services.In("core", ServicePhase.Pending) with
                {
                    Reason = "waits for mesh, security",
                    Dependencies = ["mesh", "security", "web"],
                },
                Services.In("clientapi", ServicePhase.Pending) with
                {
                    Reason = "waits for core",
                    Since = Now.AddSeconds(-5),
                    Dependencies = ["core", "mesh"],
                }
            )
        );
        group.Happen(new(1, Now.AddMinutes(-2), "mesh", EventKind.Exited, "run 6 ended", null, 6, "old"));
        group.Happen(
            new(
                2,
                Now.AddMinutes(-1),
                "mesh",
                EventKind.Exited,
                "run 7 of pid 99 ended: exit code 1",
                null,
                7,
                "panic: no such table\nat main"
            )
        );
        group.Happen(new(3, Now, "web", EventKind.Warning, "not about it", null, 0, ""));
    }
}
