using System.Collections.Immutable;

namespace Redb.Keyring.Names;

/// <summary>Where each secret of a group is written, so that unmodified services of the group find it under the names they look for. Pure.</summary>
/// <param name="serviceName"><c>keyring.service_name</c>: prefix of our own names. Services know only <c>redb</c>.</param>
/// <param name="group">The group's id; empty is the default group.</param>
/// <param name="paths">The group's files.</param>
public sealed class SecretPlaces(string serviceName, string group, KeyringPaths paths)
{
    private const string ServicesPrefix = "redb";

    private readonly string _own = KeyringPaths.IsDefault(group) ? serviceName : $"{serviceName}-{group}";

    private readonly string _suffix = KeyringPaths.IsDefault(group) ? "" : $"-{group}";

    /// <summary>The group's files.</summary>
    public KeyringPaths Paths { get; } = paths;

    /// <summary>The places of a secret, in the order in which they are asked and written: what the first says is true.</summary>
    public ImmutableArray<SecretPlace> Of(SecretName secret) =>
        secret.Realm switch
        {
            SecretRealm.Database => Both(secret, "database"),
            SecretRealm.Tenant => Both(secret, "security"),
            // The first user of a tenant has its services replace the secret where they look for it: there it is the newest.
            SecretRealm.Jwt => Distinct([
                new(Paths.Shared, new($"{ServicesPrefix}-security", secret.User)),
                new(Paths.Own, new($"{_own}-security", secret.User)),
                new(Paths.Initializer, new($"{_own}-security", secret.User)),
            ]),
            SecretRealm.Node => Distinct([
                new(Paths.Own, new($"{_own}-node", secret.User)),
                new(Paths.Initializer, new($"{_own}-node", secret.User)),
            ]),
            SecretRealm.Own => [new(Paths.Own, new($"{_own}-database", secret.User))],
            _ => throw new ArgumentOutOfRangeException(nameof(secret), secret.Realm, "An unknown realm."),
        };

    /// <summary>Every name of a service under which secrets of the group stand.</summary>
    public ImmutableArray<string> Services() =>
        [
            .. new[]
            {
                $"{_own}-database",
                $"{_own}-node",
                $"{_own}-security",
                $"{ServicesPrefix}-database{_suffix}",
                $"{ServicesPrefix}-security{_suffix}",
            }.Distinct(StringComparer.Ordinal),
        ];

    // The spelling that services read stands first: what they work with is what holds.
    private ImmutableArray<SecretPlace> Both(SecretName secret, string realm)
    {
        var services = new EntryName($"{ServicesPrefix}-{realm}{_suffix}", secret.User);
        var own = new EntryName($"{_own}-{realm}", secret.User);
        return Distinct([
            new(Paths.Own, services),
            new(Paths.Own, own),
            new(Paths.Initializer, own),
            new(Paths.Initializer, services),
        ]);
    }

    private static ImmutableArray<SecretPlace> Distinct(ImmutableArray<SecretPlace> places) => [.. places.Distinct()];
}
