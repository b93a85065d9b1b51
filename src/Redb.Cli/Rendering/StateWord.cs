using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Spectre.Console;

namespace Redb.Cli.Rendering;

/// <summary>The words for phases, the same in tables, JSON and messages, and their colours.</summary>
internal static class StateWord
{
    /// <summary>The word for a service's phase.</summary>
    public static string Of(ServicePhase phase) => phase == ServicePhase.BackingOff ? "Backoff" : phase.ToString();

    /// <summary>Colour of a service's phase; the word says the same.</summary>
    public static Style StyleOf(ServicePhase phase) =>
        phase switch
        {
            ServicePhase.Ready => new Style(Color.Green),
            ServicePhase.Pending or ServicePhase.Starting or ServicePhase.Running or ServicePhase.Stopping => new Style(
                Color.Blue
            ),
            ServicePhase.Degraded or ServicePhase.Unhealthy or ServicePhase.BackingOff => new Style(Color.Yellow),
            ServicePhase.CrashLoop or ServicePhase.Failed or ServicePhase.Unknown => new Style(Color.Red),
            _ => new Style(Color.Grey),
        };

    /// <summary>Colour of a group's phase.</summary>
    public static Style StyleOf(GroupPhase phase) =>
        phase switch
        {
            GroupPhase.Ready => new Style(Color.Green),
            GroupPhase.Starting or GroupPhase.Stopping => new Style(Color.Blue),
            GroupPhase.Degraded => new Style(Color.Yellow),
            GroupPhase.Failed or GroupPhase.Unknown => new Style(Color.Red),
            _ => new Style(Color.Grey),
        };

    /// <summary>Why a service is where it is: when it is tried again, how it ended, what it says.</summary>
    public static string Explain(ServiceView service, DateTimeOffset now)
    {
        var parts = new List<string>();
        if (service is { Phase: ServicePhase.BackingOff, RestartDue: { } due })
        {
            var seconds = Math.Max(0, Math.Ceiling((due - now).TotalSeconds));
            parts.Add($"next try in {seconds}s, {service.Failures}/{service.MaxFailures}");
        }

        if (service.Reason.Length > 0)
        {
            parts.Add(Printable.Line(service.Reason));
        }
        else if (HasFailed(service.Phase) && service.LastExit is { } exit)
        {
            parts.Add(exit.Describe());
        }

        return string.Join("; ", parts);
    }

    private static bool HasFailed(ServicePhase phase) =>
        phase is ServicePhase.BackingOff or ServicePhase.CrashLoop or ServicePhase.Failed;
}
