namespace Redb.Abstractions.Configuration;

/// <summary>The <c>initialization</c> section.</summary>
public sealed record InitializationConfiguration
{
    /// <summary>Longest time an initialization may take, not counting what a person takes to answer. Default 10 min; must be positive.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time one look or one deed of a step may take. Default 2 min; must be positive.</summary>
    public TimeSpan StepTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
