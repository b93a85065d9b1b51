namespace Redb.Initialization.Database;

/// <summary>The database role of a node, as the server answers.</summary>
internal enum RoleStanding
{
    /// <summary>The embedded database has none.</summary>
    NotNeeded,

    /// <summary>There is no such role.</summary>
    Missing,

    /// <summary>It is there and takes the keyring's password.</summary>
    Accepts,

    /// <summary>It is there and has another password than the keyring.</summary>
    RefusesPassword,
}
