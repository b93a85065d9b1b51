namespace Redb.Keyring.Names;

/// <summary>Who reads a secret, which decides what it is called and where it is written.</summary>
public enum SecretRealm
{
    /// <summary>Every service that opens the database.</summary>
    Database,

    /// <summary>The supervisor, for its node.</summary>
    Node,

    /// <summary>Services that encrypt for a tenant.</summary>
    Tenant,

    /// <summary>The security service and the API for clients, which know of no group.</summary>
    Jwt,

    /// <summary>Nobody but the supervisor.</summary>
    Own,
}
