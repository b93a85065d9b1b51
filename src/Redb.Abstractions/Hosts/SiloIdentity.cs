using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Redb.Abstractions.Hosts;

/// <summary>
/// Who a supervisor is in the cluster: the name of its silo, which every other silo learns together with its address.
/// <c>HOST#ID/GROUP+GROUP</c>, or <c>HOST#ID/~HASHES</c> where the groups would not fit. Names have no <c>#</c>, <c>/</c>, <c>+</c> or <c>~</c>.
/// </summary>
public sealed record SiloIdentity
{
    /// <summary>Longest name of a silo that a membership table takes, in characters.</summary>
    public const int LongestName = 150;

    private const int HashLength = 4;
    private const char HashMark = '~';

    private readonly ImmutableHashSet<string> _groups;
    private readonly bool _areHashed;

    private SiloIdentity(string host, string hostId, ImmutableHashSet<string> groups, bool areHashed)
    {
        (Host, HostId, _groups, _areHashed) = (host, hostId, groups, areHashed);
        Name =
            $"{host}#{hostId}/"
            + (
                areHashed
                    ? HashMark + string.Concat(groups.Order(StringComparer.Ordinal))
                    : string.Join('+', groups.Order(StringComparer.Ordinal))
            );
    }

    /// <summary>Readable name of its host, the first part of the keys of its grains.</summary>
    public string Host { get; }

    /// <summary>What tells its host from another one of the same name: created once, and never an address.</summary>
    public string HostId { get; }

    /// <summary>Name of its silo.</summary>
    public string Name { get; }

    /// <summary>Whether the name is short enough for every membership table.</summary>
    public bool Fits => Name.Length <= LongestName;

    /// <summary>The groups it serves, in order; empty where the name holds only their hashes.</summary>
    public ImmutableArray<string> Groups => _areHashed ? [] : [.. _groups.Order(StringComparer.Ordinal)];

    /// <summary>The identity of a supervisor of these groups.</summary>
    public static SiloIdentity Of(string host, string hostId, IEnumerable<string> groups)
    {
        var names = groups.ToImmutableHashSet(StringComparer.Ordinal);
        var readable = new SiloIdentity(host, hostId, names, areHashed: false);
        return readable.Fits ? readable : new(host, hostId, [.. names.Select(Hash)], areHashed: true);
    }

    /// <summary>Reads the name of a silo; null for one that is not ours.</summary>
    public static SiloIdentity? Parse(string? name)
    {
        if (name?.Split('#', '/') is not [{ Length: > 0 } host, { Length: > 0 } id, { Length: > 0 } groups])
        {
            return null;
        }

        return groups[0] == HashMark
            ? new(host, id, [.. groups.Skip(1).Chunk(HashLength).Select(hash => new string(hash))], areHashed: true)
            : new(host, id, [.. groups.Split('+')], areHashed: false);
    }

    /// <summary>Whether it supervises a group of its host.</summary>
    public bool Serves(string group) => _groups.Contains(_areHashed ? Hash(group) : group);

    /// <summary>Whether the other one is on the same machine.</summary>
    public bool IsBeside(SiloIdentity other) => Host == other.Host && HostId == other.HostId;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Equal when the names are.</summary>
    public bool Equals(SiloIdentity? other) => Name == other?.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);

    // Three bytes are four characters, none of them a separator.
    private static string Hash(string group) =>
        Convert
            .ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(group)), 0, 3)
            .Replace('+', '-')
            .Replace('/', '_');
}
