namespace Redb.Abstractions.Services;

/// <summary>The stop ladder: controller <c>Stop</c> (if the service registered), then the signal, then SIGKILL, each to the whole process group.</summary>
public sealed record StopPolicy
{
    /// <summary>Signal of the second rung. Default SIGTERM.</summary>
    public StopSignal Signal { get; init; } = StopSignal.Terminate;

    /// <summary>How long each polite rung may take before the next. Default 10 s; not negative.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);
}
