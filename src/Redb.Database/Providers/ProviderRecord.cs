using Redb.Abstractions.Configuration;

namespace Redb.Database.Providers;

/// <summary>What was decided when the node was initialized. Nothing that comes later changes it silently.</summary>
public sealed record ProviderRecord
{
    /// <summary>What keeps the node's data; never <see cref="DatabaseProvider.Auto"/>.</summary>
    public required DatabaseProvider Provider { get; init; }

    /// <summary>When that was decided.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>Id of the node that was found or made there; null until there is one.</summary>
    public long? NodeId { get; init; }
}
