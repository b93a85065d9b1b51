namespace Redb.Abstractions.Configuration;

/// <summary>How a connection to PostgreSQL is protected; the words are those of its own <c>sslmode</c>.</summary>
public enum PostgresTls
{
    /// <summary>Encrypted if the server can.</summary>
    Prefer = 0,

    /// <summary>Not at all.</summary>
    Disable = 1,

    /// <summary>Encrypted, by whoever answers.</summary>
    Require = 2,

    /// <summary>Encrypted, by somebody whom a trusted authority knows.</summary>
    VerifyCa = 3,

    /// <summary>Encrypted, by the very host that was meant.</summary>
    VerifyFull = 4,
}
