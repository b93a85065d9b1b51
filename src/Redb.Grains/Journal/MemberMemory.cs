using Redb.Abstractions.Services;
using Redb.Grains.Instances;

namespace Redb.Grains.Journal;

/// <summary>What a group remembers of one of its services across supervisors: where it is to go, not where it is.</summary>
/// <param name="Wanted">As last told.</param>
/// <param name="Command">Counts the starts and stops; a service that has heard fewer has not heard the last one.</param>
/// <param name="IsLeaving">Whether it is to be stopped, as soon as its dependents are down.</param>
/// <param name="WasToldToStop">Whether a leaving service has been told.</param>
/// <param name="Returns">Whether a leaving service is to be started again.</param>
/// <param name="OwesRestart">Whether a dependency that it must be restarted for was lost.</param>
/// <param name="IsHeldDown">Whether somebody stopped this very service by name: it stays down until somebody starts it.</param>
/// <param name="Grace">How long each polite rung of its stop may take; null for its policy.</param>
internal sealed record MemberMemory(
    Wanted Wanted,
    long Command,
    bool IsLeaving,
    bool WasToldToStop,
    bool Returns,
    bool OwesRestart,
    bool IsHeldDown,
    TimeSpan? Grace
)
{
    public static MemberMemory Of(ServiceFacts facts) =>
        new(
            facts.Wanted,
            facts.Command,
            facts.IsLeaving,
            facts.WasToldToStop,
            facts.Returns,
            facts.OwesRestart,
            facts.IsHeldDown,
            facts.Grace
        );

    /// <summary>The facts as the predecessor left them; the service, in its remembered phase, has not been told anything by this supervisor.</summary>
    public ServiceFacts ToFacts(ServicePhase phase) =>
        new()
        {
            Phase = phase,
            Wanted = Wanted,
            Command = Command,
            IsAdmitted = phase.IsLive(),
            IsLeaving = IsLeaving,
            WasToldToStop = WasToldToStop,
            Returns = Returns,
            OwesRestart = OwesRestart,
            IsHeldDown = IsHeldDown,
            Grace = Grace,
        };
}
