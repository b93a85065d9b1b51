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
        var outcome = await new Succession(context.Time).AwaitAsync(
            before,
            views,
            token => LookAsync(parsed, token),
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
        await using var scope = await OpenAsync(parsed, cancellationToken);
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
        var (before, isHere) = await AskToStopAsync(parsed, leaveRunning, cancellationToken);
        var elapsed = await new Departure(context).AwaitAsync(
            before,
            isHere,
            token => LookAsync(parsed, token),
            timeout,
            cancellationToken
        );
        var left = leaveRunning ? "; its services run on, and the next supervisor takes them over" : "";
        await context.Terminal.Error.WriteLineAsync($"supervisor stopped after {DurationText.Exact(elapsed)}{left}");
        return (int)ExitCode.Done;
    }

    private async Task<(SupervisorView Before, bool IsHere)> AskToStopAsync(
        ParseResult parsed,
        bool leaveRunning,
        CancellationToken cancellationToken
    )
    {
        await using var scope = await OpenAsync(parsed, cancellationToken);
        var before = await scope.Clients[0].GetSupervisorAsync(cancellationToken);
        var isHere = context
            .Supervisors.Find(parsed.GetValue(CommonOptions.DataDirectory))
            .Live.Any(local => local.Address.Host == before.Host && local.Address.Pid == before.Pid);
        await scope.Clients[0].StopSupervisorAsync(leaveRunning, cancellationToken);
        return (before, isHere);
    }

    private Task<Scope> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        CommonOptions.OpenScopeAsync(context, parsed, all: false, cancellationToken);

    // Whoever looks again and again has patience of its own.
    private Task<Scope> LookAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        CommonOptions.OpenScopeAsync(
            context with
            {
                Persistence = Persistence.None,
            },
            parsed,
            all: false,
            cancellationToken
        );
}
