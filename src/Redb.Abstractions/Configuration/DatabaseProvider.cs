namespace Redb.Abstractions.Configuration;

/// <summary>What keeps the node's identity, tenants and mesh.</summary>
public enum DatabaseProvider
{
    /// <summary>Decided once, at initialization: PostgreSQL if it answers, else embedded.</summary>
    Auto = 0,

    /// <summary>PostgreSQL, which unmodified reDB services need.</summary>
    Postgres = 1,

    /// <summary>A file in the data folder, with what the supervisor itself needs.</summary>
    Embedded = 2,
}
