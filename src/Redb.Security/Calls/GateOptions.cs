namespace Redb.Security.Calls;

/// <summary>Bounds of what is remembered about callers from outside.</summary>
internal sealed record GateOptions
{
    /// <summary>
    /// How far the clock of a tool may be from the silo's. Default 30 s; must be positive. A token is good for that long, and remembered twice as long, so
    /// that none is accepted again.
    /// </summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many tokens are remembered at most. Default 100 000, about 10 MB; more calls are refused until older ones are forgotten.</summary>
    public int MostTokens { get; init; } = 100_000;

    /// <summary>How many senders and certificates are remembered at most. Default 1024, each.</summary>
    public int MostSenders { get; init; } = 1024;
}
