namespace Redb.Security.Connections;

/// <summary>Bounds of a greeting.</summary>
internal sealed record GuardOptions
{
    /// <summary>How long a greeting may take. Default 3 s; must be positive. A peer that says nothing is dropped then.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How many greetings of one address may be unfinished at a time. Default 16; at least 1. More are dropped at once, so that nobody fills the memory with silence.</summary>
    public int UnfinishedPerAddress { get; init; } = 16;
}
