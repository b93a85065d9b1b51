using Redb.Abstractions.Services;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <summary>What a group remembers of one of its services: what it last heard, and what it last told.</summary>
internal sealed record ServiceFacts
{
    public ServicePhase Phase { get; init; } = ServicePhase.Stopped;

    /// <summary>As last heard or, if that is newer, as last told.</summary>
    public Wanted Wanted { get; init; } = Wanted.Down;

    /// <summary>Counts the starts and stops.</summary>
    public long Command { get; init; }

    /// <summary>Number of the last order the service was told.</summary>
    public long Told { get; init; }

    /// <summary>Number of the last order the service had heard when it reported.</summary>
    public long Heard { get; init; }

    /// <summary>Number of the order that carried the last start or stop.</summary>
    public long Commanding { get; init; }

    /// <summary>Whether the service has been told to start and has not answered yet.</summary>
    public bool IsAboutToStart => Heard < Commanding && Wanted == Wanted.Up && Phase.IsAtRest();

    /// <summary>What is wanted of the service in the end, also while it waits for its turn to be told.</summary>
    public Wanted Aim =>
        (IsLeaving, Returns) switch
        {
            (true, true) => Wanted.Up,
            (true, false) => Wanted.Down,
            _ => Wanted,
        };

    /// <summary>Whether the service has no process, and is not about to have one because of something it was told and has not answered yet.</summary>
    public bool IsDown => Heard == Told && Phase.IsAtRest();

    /// <summary>The gate the service was last told.</summary>
    public Gate Gate { get; init; } = Gate.Unknown;

    /// <summary>
    /// Whether the service has been launched, with everything it needs ready, since it was last at rest. Until then
    /// every dependency holds it back; afterwards only those with <see cref="OnLost.Hold"/>.
    /// </summary>
    public bool IsAdmitted { get; init; }

    /// <summary>Whether a dependency with <see cref="OnLost.Restart"/> was lost while the service ran.</summary>
    public bool OwesRestart { get; init; }

    /// <summary>Whether the service is to be stopped, as soon as its dependents are down.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>Whether somebody stopped this very service by name: it stays down, across supervisors, until somebody starts it.</summary>
    public bool IsHeldDown { get; init; }

    /// <summary>How long each polite rung of its stop ladder may take; null for its policy.</summary>
    public TimeSpan? Grace { get; init; }

    /// <summary>Whether a leaving service has been told.</summary>
    public bool WasToldToStop { get; init; }

    /// <summary>Whether a leaving service is to be started again.</summary>
    public bool Returns { get; init; }

    /// <summary>
    /// What the service last said, with what is wanted of it now. Who asks for a start must not be shown the failure before it.
    /// </summary>
    public ServiceView Show(ServiceView said)
    {
        if (IsAboutToStart)
        {
            return said with { Wanted = Aim, Phase = ServicePhase.Pending, Reason = "is about to start" };
        }

        return said.Wanted == Aim ? said : said with { Wanted = Aim };
    }

    /// <summary>The same, neither on its way out nor owing anything.</summary>
    public ServiceFacts Staying() =>
        this with
        {
            IsLeaving = false,
            Returns = false,
            WasToldToStop = false,
            OwesRestart = false,
            Grace = null,
        };

    /// <summary>The same, with a start or stop to be told.</summary>
    public ServiceFacts Commanded(Wanted wanted) => this with { Command = Command + 1, Wanted = wanted };
}
