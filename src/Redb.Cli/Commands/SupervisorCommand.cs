using System.Collections.Immutable;
using System.CommandLine;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;
using Redb.Cli.Operations;
using Redb.Cli.Rendering;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl supervisor restart|stop</c>: the supervisor itself, apart from what it supervises.</summary>
internal sealed class SupervisorCommand(CommandContext context)
{
    private readonly Option<TimeSpan?> _timeout = CommonOptions.Duration("--timeout", "Longest wait", "60s");

    private readonly Option<bool> _leaveRunning = new("--leave-running")
    {
        Description = "Leave the services running: the next supervisor of the data folder takes them over",
    };

    /// <summary>The verb with those below it.</summary>
    public Command Create()
    {
        var restart = new Command(
            "restart",
            "Replace the supervisor by what its executable and configuration are now; services keep their processes"
        )
        {
            _timeout,
        };
        restart.SetAction(RestartAsync);
        var stop = new Command("stop", "End the supervisor and, unless told otherwise, its services in order")
        {
            _leaveRunning,
            _timeout,
        };
        stop.SetAction(StopAsync);
        return new("supervisor", "Restart or stop the supervisor itself") { restart, stop };
    }

    private async Task<int> RestartAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var timeout = parsed.GetValue(_timeout) ?? CommonOptions.StandardTimeout;
        var (before, views) = await ReplaceAsync(parsed, timeout, cancellationToken);
        var outcome = await new Succession(context).AwaitAsync(
            parsed.GetValue(CommonOptions.DataDirectory),
            parsed.GetValue(CommonOptions.Group),
            before,
            views,
            timeout,
            cancellationToken
        );
        await context.Terminal.Error.WriteLineAsync(outcome.Describe());
        return (int)(outcome.Lost.IsEmpty ? ExitCode.Done : ExitCode.PartlyDone);
    }

    private async Task<(SupervisorView Before, ImmutableArray<GroupView> Views)> ReplaceAsync(
        ParseResult parsed,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        await using var scope = await CommonOptions.OpenScopeAsync(context, parsed, all: false, cancellationToken);
        var before = await scope.Clients[0].GetSupervisorAsync(cancellationToken);
        var refusal = await scope.Clients[0].RestartSupervisorAsync(timeout, cancellationToken);
        return refusal.Length == 0
            ? (before, scope.Views)
            : throw new CommandFailure(
                ExitCode.Failed,
                "the supervisor was not restarted, and runs on as it was",
                refusal,
                "correct what it names, then redbctl supervisor restart"
            );
    }

    private async Task<int> StopAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var timeout = parsed.GetValue(_timeout) ?? CommonOptions.StandardTimeout;
        var leaveRunning = parsed.GetValue(_leaveRunning);
        SupervisorView before;
        await using (var scope = await CommonOptions.OpenScopeAsync(context, parsed, all: false, cancellationToken))
        {
            before = await scope.Clients[0].GetSupervisorAsync(cancellationToken);
            await scope.Clients[0].StopSupervisorAsync(leaveRunning, cancellationToken);
        }

        var began = context.Time.GetTimestamp();
        while (SupervisorDirectory.IsProcessAlive(before.Pid))
        {
            if (context.Time.GetElapsedTime(began) > timeout)
            {
                throw new CommandFailure(
                    ExitCode.TimedOut,
                    $"the supervisor, pid {before.Pid}, has not ended after {DurationText.Exact(timeout)}",
                    "it is still stopping its services",
                    "redbctl status shows which"
                );
            }

            await Task.Delay(Succession.Pause, context.Time, cancellationToken);
        }

        var left = leaveRunning ? "; its services run on, and the next supervisor takes them over" : "";
        await context.Terminal.Error.WriteLineAsync(
            $"supervisor stopped after {DurationText.Exact(context.Time.GetElapsedTime(began))}{left}"
        );
        return (int)ExitCode.Done;
    }
}
