using Redb.Abstractions.Services;
using Redb.Cli.Operations;

namespace Redb.Cli.Rendering;

/// <summary>A service in the way of what was asked for.</summary>
/// <param name="Service">The service.</param>
/// <param name="What">What is the matter: <c>CrashLoop</c>, <c>not Ready after 5.0s</c>.</param>
/// <param name="Cause">Why; empty when nothing is known but its phase.</param>
/// <param name="Next">What to do about it.</param>
internal sealed record Trouble(ServiceView Service, string What, string Cause, Remedy Next)
{
    /// <summary>Trouble with a service that will not get there by itself.</summary>
    public static Trouble Failed(ServiceView service, Outcome outcome, DateTimeOffset now)
    {
        var state = StateWord.Of(service.Phase);
        return
            outcome.Blocked.FirstOrDefault(blockage =>
                string.Equals(blockage.Service.Name, service.Name, StringComparison.Ordinal)
            )
                is { } blockage
            ? new(service, state, blockage.Describe(), new(RemedyKind.Start, [.. blockage.Roots, service.Name]))
            : new(service, state, CauseOf(service, now), new(RemedyKind.Logs, [service.Name]));
    }

    /// <summary>Trouble with a service that is still on its way when time is over.</summary>
    public static Trouble Late(ServiceView service, Goal goal, TimeSpan elapsed, DateTimeOffset now)
    {
        var kind = (goal, service) switch
        {
            (Goal.Stopped, { Wanted: Wanted.Up }) => RemedyKind.Stop,
            (not Goal.Stopped, { Phase: ServicePhase.Stopped }) => RemedyKind.Start,
            (_, { Phase: ServicePhase.Pending }) => RemedyKind.Status,
            _ => RemedyKind.Logs,
        };
        var what = $"not {OutcomeWriter.WordFor(goal)} after {DurationText.Exact(elapsed)}";
        return new(service, what, CauseOf(service, now), new(kind, [service.Name]));
    }

    /// <summary>Trouble with a service somebody wants elsewhere meanwhile.</summary>
    public static Trouble Overruled(ServiceView service, DateTimeOffset now)
    {
        var wanted = service.Wanted == Wanted.Up ? "started" : "stopped";
        var what = $"{wanted} by somebody else meanwhile";
        return new(service, what, CauseOf(service, now), new(RemedyKind.Events, []));
    }

    private static string CauseOf(ServiceView service, DateTimeOffset now)
    {
        var reason = StateWord.Explain(service, now);
        var exit = service.LastExit?.Describe();
        if (exit is null || reason.Contains(exit, StringComparison.Ordinal))
        {
            return reason;
        }

        return reason.Length == 0
            ? $"it is {StateWord.Of(service.Phase)}; its last run ended with {exit}"
            : $"{reason}; its last run ended with {exit}";
    }
}
