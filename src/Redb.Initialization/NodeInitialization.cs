using Redb.Initialization.Interview;
using Redb.Initialization.Progress;
using Redb.Initialization.Steps;

namespace Redb.Initialization;

/// <summary>Initializes one group after the other: looks, asks where that is wanted, and does what is open.</summary>
/// <param name="ports">Opens the keyring and the database of a request.</param>
/// <param name="terminal">Whom to ask.</param>
/// <param name="output">Where progress is told, line by line.</param>
/// <param name="time">Clock.</param>
internal sealed class NodeInitialization(
    Func<InitializationRequest, NodeRecord, Workbench> ports,
    ITerminal terminal,
    TextWriter output,
    TimeProvider time
)
{
    /// <summary>Brings one group to its end state, or says what stands in the way.</summary>
    public async Task<Failure?> RunAsync(InitializationRequest request, CancellationToken cancellationToken)
    {
        var progress = new ProgressFile(request.Folder, request.Configuration.InstanceGroup.GroupId);
        var (record, unreadable) = progress.Read();
        if (record is null)
        {
            return unreadable;
        }

        await output.WriteLineAsync(Heading(request, progress));
        var bench = ports(request, record);
        var run = new InitializationRun(
            InitializationSteps.All(bench, time),
            bench,
            progress,
            new LineReport(output),
            time
        );
        if (request.Manner != Manner.Silent)
        {
            var (failure, isToBeDone) = await PlanAsync(run, request, cancellationToken);
            if (failure is not null || !isToBeDone)
            {
                return failure;
            }
        }

        var limits = request.Configuration.Initialization;
        using var bounds = new StepBounds(limits.Timeout, limits.StepTimeout, time);
        return (await run.RunAsync(isPlan: false, bounds, cancellationToken)).Failure;
    }

    private async Task<(Failure? Failure, bool IsToBeDone)> PlanAsync(
        InitializationRun run,
        InitializationRequest request,
        CancellationToken cancellationToken
    )
    {
        // Somebody who is asked may take their time; what is asked over the network has bounds of its own.
        var limits = request.Configuration.Initialization;
        using var bounds = terminal.IsInteractive
            ? new StepBounds(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, time)
            : new StepBounds(limits.Timeout, limits.StepTimeout, time);
        var (failure, open) = await run.RunAsync(isPlan: true, bounds, cancellationToken);
        if (failure is not null)
        {
            return (failure, false);
        }

        if (request.Manner == Manner.Plan || open == 0)
        {
            await output.WriteLineAsync(
                open == 0 ? "nothing is to be done" : $"{open} steps are to be done; nothing was changed"
            );
            return (null, false);
        }

        return request.IsConfirmed ? (null, true) : await ConfirmAsync(cancellationToken);
    }

    private async Task<(Failure? Failure, bool IsConfirmed)> ConfirmAsync(CancellationToken cancellationToken)
    {
        if (!terminal.IsInteractive)
        {
            return (Unconfirmed(), false);
        }

        try
        {
            var answer = await terminal.AskAsync("Do this now? [Y/n]: ", isSecret: false, cancellationToken);
            return answer is "" || answer?.StartsWith("y", StringComparison.OrdinalIgnoreCase) == true
                ? (null, true)
                : (Declined(), false);
        }
        catch (OperationCanceledException)
        {
            return (Declined() with { Kind = FailureKind.Interrupted }, false);
        }
    }

    private static string Heading(InitializationRequest request, ProgressFile progress) =>
        $"{(request.Manner == Manner.Plan ? "plan for" : "initializing")} group {request.Configuration.InstanceGroup.GroupId} of {request.Configuration.File}; progress in {progress.Path}";

    private static Failure Unconfirmed() =>
        new(
            FailureKind.Unanswered,
            "nothing was changed: somebody has to say yes",
            "--initialize asks before it changes anything, and there is no terminal",
            "add --yes, or use --autoinitialize, which asks nothing and goes on to run"
        );

    private static Failure Declined() =>
        new(
            FailureKind.Declined,
            "nothing was changed",
            "the question was not answered with yes",
            "start it again when it shall be done"
        );
}
