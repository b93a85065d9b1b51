using System.Collections.Frozen;
using System.Collections.Immutable;
using Redb.Abstractions.Configuration;

namespace Redb.Configuration.Keys;

/// <summary>What each reDB service needs where its <c>dependencies</c> key is not written.</summary>
internal static class BuiltInDependencies
{
    private static readonly FrozenDictionary<string, ImmutableArray<string>> Known = new Dictionary<
        string,
        ImmutableArray<string>
    >(StringComparer.Ordinal)
    {
        ["mesh"] = ["security", "unifiedmodel", "webhook", "transformation"],
        ["anchor"] = ["mesh"],
        ["stream"] = ["mesh", "anchor"],
        ["core"] = ["mesh", "anchor"],
        ["integration"] = ["core"],
        ["clientapi"] = ["core"],
        ["mcpserver"] = ["core"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The dependencies of a service on those services that take part.</summary>
    public static ImmutableArray<DependencyConfiguration> Of(string service, IReadOnlySet<string> enabled) =>
        Known.TryGetValue(service, out var names)
            ? [.. names.Where(enabled.Contains).Select(static name => new DependencyConfiguration(name))]
            : [];
}
