using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Configuration.Yaml;

namespace Redb.Configuration;

/// <summary>What came of reading one file.</summary>
/// <param name="Configuration">The configuration; null when a problem is an error.</param>
/// <param name="Problems">Everything wrong with the file, in its order.</param>
/// <param name="Effective">Every setting with its origin, for <c>--show-effective</c>; empty when the file is not YAML.</param>
public sealed record ConfigurationResult(
    RedbConfiguration? Configuration,
    ImmutableArray<Problem> Problems,
    ImmutableArray<EffectiveValue> Effective
)
{
    /// <summary>Where things are written, for problems that need more than one file.</summary>
    internal Func<string, Place> PlaceOf { get; init; } = static _ => Place.Top;
}
