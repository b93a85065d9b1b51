namespace Redb.Database.Failures;

/// <summary>What kept the database from doing what it was asked.</summary>
public enum DatabaseFailureKind
{
    /// <summary>Something else; the cause says what.</summary>
    Other = 0,

    /// <summary>Nobody listens there, or no way leads there.</summary>
    Unreachable = 1,

    /// <summary>The host's name leads nowhere.</summary>
    UnknownHost = 2,

    /// <summary>The answer did not come in time.</summary>
    TimedOut = 3,

    /// <summary>The role or its password is wrong, or the server does not let it in from here.</summary>
    Credentials = 4,

    /// <summary>The role may not do that.</summary>
    Rights = 5,

    /// <summary>No agreement on encryption, or a certificate that nobody trusts.</summary>
    Tls = 6,

    /// <summary>The database is not there.</summary>
    NoDatabase = 7,

    /// <summary>No room on the server's disk, or in its limits.</summary>
    Full = 8,

    /// <summary>The connection broke, or the server is stopping or recovering.</summary>
    Lost = 9,

    /// <summary>What is stored is not what this program can work with; it was left as it is.</summary>
    Unfit = 10,

    /// <summary>What was asked for contradicts what is there.</summary>
    Conflict = 11,

    /// <summary>The node has not been initialized.</summary>
    NotInitialized = 12,
}
