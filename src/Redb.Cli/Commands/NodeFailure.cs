using Redb.Initialization;

namespace Redb.Cli.Commands;

/// <summary>Turns what stands in the way of work on a node into what a command says.</summary>
internal static class NodeFailure
{
    /// <summary>Goes on where there is no failure.</summary>
    /// <exception cref="CommandFailure">There is one.</exception>
    public static void Check(Failure? failure)
    {
        if (failure is not null)
        {
            throw new CommandFailure(CodeOf(failure.Kind), failure.What, failure.Cause, failure.Next);
        }
    }

    private static ExitCode CodeOf(FailureKind kind) =>
        kind switch
        {
            FailureKind.Unanswered => ExitCode.Usage,
            FailureKind.Conflict => ExitCode.Conflict,
            FailureKind.Refused => ExitCode.PermissionDenied,
            FailureKind.Unavailable => ExitCode.Unavailable,
            FailureKind.TimedOut => ExitCode.TimedOut,
            FailureKind.Interrupted => ExitCode.Interrupted,
            _ => ExitCode.Failed,
        };
}
