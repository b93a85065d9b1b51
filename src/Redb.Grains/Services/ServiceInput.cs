using Redb.Abstractions.Services;

namespace Redb.Grains.Services;

/// <summary>Something that happened to a service, or that somebody asked for.</summary>
internal abstract record ServiceInput
{
    private ServiceInput() { }

    public sealed record StartRequested : ServiceInput;

    /// <summary>Stop, politely first.</summary>
    /// <param name="Grace">How long each polite rung may take; null for the policy's.</param>
    public sealed record StopRequested(TimeSpan? Grace = null) : ServiceInput;

    /// <summary>Stop without the polite rungs.</summary>
    public sealed record KillRequested : ServiceInput;

    public sealed record GateChanged(Gate Gate) : ServiceInput;

    /// <summary>A supervisor has just begun, and its predecessor left the service in the phase it is in.</summary>
    /// <param name="Run">The run, as remembered or as found.</param>
    /// <param name="Pid">Its process; null when it has none.</param>
    public sealed record Resumed(RunId Run, int? Pid) : ServiceInput;

    public sealed record Launched(RunId Run, int Pid) : ServiceInput;

    public sealed record LaunchRefused(RunId Run, string Reason) : ServiceInput;

    /// <summary>The run told us that it has a controller.</summary>
    public sealed record Registered(RunId Run) : ServiceInput;

    public sealed record StartedUp(RunId Run) : ServiceInput;

    public sealed record BecameReady(RunId Run) : ServiceInput;

    public sealed record BecameDegraded(RunId Run, string Reason) : ServiceInput;

    public sealed record LostReadiness(RunId Run, string Reason) : ServiceInput;

    /// <summary>Its startup or liveness probe failed, or it exceeds a limit that is only watched: the run must end.</summary>
    public sealed record ProbeFailed(RunId Run, string Reason) : ServiceInput;

    public sealed record StopRefused(RunId Run, string Reason) : ServiceInput;

    public sealed record RungDue(RunId Run, StopRung Rung) : ServiceInput;

    public sealed record Exited(RunId Run, RunExit Exit) : ServiceInput;

    public sealed record RestartDue(RunId Run) : ServiceInput;
}
