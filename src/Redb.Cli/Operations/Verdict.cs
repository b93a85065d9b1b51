using System.Collections.Immutable;

namespace Redb.Cli.Operations;

/// <summary>Decides the exit code of a change or a wait.</summary>
internal static class Verdict
{
    /// <summary>The exit code of a change that was waited for.</summary>
    /// <param name="outcome">How the wait ended.</param>
    /// <param name="refused">Names the supervisor did not take.</param>
    /// <param name="isWhole">Whether whole groups were meant: such a group is up or it is not.</param>
    public static ExitCode OfChange(Outcome outcome, ImmutableArray<string> refused, bool isWhole)
    {
        if (!outcome.Overruled.IsEmpty)
        {
            return ExitCode.Conflict;
        }

        if (outcome.IsTimedOut)
        {
            return ExitCode.TimedOut;
        }

        if (outcome.Failed.IsEmpty && refused.IsEmpty)
        {
            return ExitCode.Done;
        }

        var isGroupDown = isWhole && outcome.Failed.Any(service => service.Required);
        return outcome.Reached.IsEmpty || isGroupDown ? ExitCode.Failed : ExitCode.PartlyDone;
    }

    /// <summary>The exit code of a wait that changed nothing.</summary>
    public static ExitCode OfWait(Outcome outcome)
    {
        if (!outcome.Failed.IsEmpty)
        {
            return ExitCode.Unhealthy;
        }

        return outcome.IsTimedOut ? ExitCode.TimedOut : ExitCode.Done;
    }
}
