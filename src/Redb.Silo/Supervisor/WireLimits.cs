using Redb.Protocol.Common;

namespace Redb.Silo.Supervisor;

/// <summary>How much a caller may have us remember. A message may be 16 MiB for the sake of logs; what we keep must not be.</summary>
internal static class WireLimits
{
    /// <summary>Entries of a map.</summary>
    public const int Entries = 256;

    /// <summary>Characters of all keys and values of a map together.</summary>
    public const int MapCharacters = 64 * 1024;

    /// <summary>Characters of a version, an id, a host or a reason.</summary>
    public const int Characters = 256;

    /// <summary>What is too large in a registration, or null.</summary>
    public static string? Refusal(ServiceInfo info) =>
        TooLong("version", info.Version)
        ?? TooLong("instance_id", info.InstanceId)
        ?? TooLong("host", info.Host)
        ?? Refusal("service.metadata", info.Metadata);

    /// <summary>What is too large in a map, or null.</summary>
    public static string? Refusal(string field, IDictionary<string, string> map) =>
        map.Count > Entries || map.Sum(entry => (long)entry.Key.Length + entry.Value.Length) > MapCharacters
            ? $"{field} may have {Entries} entries of {MapCharacters} characters altogether"
            : null;

    /// <summary>The beginning of a text, no longer than what we keep of one.</summary>
    public static string Cut(string text) => text.Length <= Characters ? text : text[..Characters] + "...";

    private static string? TooLong(string field, string text) =>
        text.Length > Characters ? $"service.{field} may have {Characters} characters, had {text.Length}" : null;
}
