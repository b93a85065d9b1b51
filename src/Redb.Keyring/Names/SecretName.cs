namespace Redb.Keyring.Names;

/// <summary>A secret of a group by what it is, whatever it is called where.</summary>
public sealed record SecretName
{
    private const string JwtPrefix = "tenant-jwt-secret-";
    private const string TenantPrivateKeyPrefix = "tenant-private-key-";
    private const string TenantPublicKeyPrefix = "tenant-public-key-";

    private SecretName(SecretRealm realm, string user)
    {
        Realm = realm;
        User = user;
    }

    /// <summary>Password of the group's role in the database.</summary>
    public static SecretName DatabasePassword { get; } = new(SecretRealm.Database, "postgres-password");

    /// <summary>The password that will replace <see cref="DatabasePassword"/>, while a change of it is under way. Services do not look for it.</summary>
    public static SecretName NextDatabasePassword { get; } = new(SecretRealm.Own, "postgres-password-next");

    /// <summary>The node's private key: RSA, PKCS#1 in PEM.</summary>
    public static SecretName NodePrivateKey { get; } = new(SecretRealm.Node, "node-private-key");

    /// <summary>The node's public key: PKIX in PEM.</summary>
    public static SecretName NodePublicKey { get; } = new(SecretRealm.Node, "node-public-key");

    /// <summary>Which service it belongs to.</summary>
    public SecretRealm Realm { get; }

    /// <summary>The second part of its entries' names.</summary>
    public string User { get; }

    /// <summary>What a tenant's tokens are signed with: base64 of 64 random bytes.</summary>
    public static SecretName TenantJwtSecret(string tenantId) => new(SecretRealm.Jwt, JwtPrefix + tenantId);

    /// <summary>A tenant's private key: RSA, PKCS#1 in PEM.</summary>
    public static SecretName TenantPrivateKey(string tenantId) =>
        new(SecretRealm.Tenant, TenantPrivateKeyPrefix + tenantId);

    /// <summary>A tenant's public key: PKIX in PEM.</summary>
    public static SecretName TenantPublicKey(string tenantId) =>
        new(SecretRealm.Tenant, TenantPublicKeyPrefix + tenantId);

    /// <summary>The secret with this second part of a name; null when no secret of a group is called so.</summary>
    public static SecretName? OfUser(string user) =>
        user == DatabasePassword.User ? DatabasePassword
        : user == NextDatabasePassword.User ? NextDatabasePassword
        : user == NodePrivateKey.User ? NodePrivateKey
        : user == NodePublicKey.User ? NodePublicKey
        : user.StartsWith(JwtPrefix, StringComparison.Ordinal) ? new(SecretRealm.Jwt, user)
        : user.StartsWith(TenantPrivateKeyPrefix, StringComparison.Ordinal) ? new(SecretRealm.Tenant, user)
        : user.StartsWith(TenantPublicKeyPrefix, StringComparison.Ordinal) ? new(SecretRealm.Tenant, user)
        : null;
}
