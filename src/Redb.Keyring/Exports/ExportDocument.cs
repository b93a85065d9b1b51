namespace Redb.Keyring.Exports;

/// <summary>An export as JSON: see docs/keyring.md.</summary>
internal sealed record ExportDocument
{
    public string Format { get; init; } = "";

    public int Version { get; init; }

    /// <summary>In ISO 8601 with seven decimals, as it is authenticated.</summary>
    public string Created { get; init; } = "";

    public string Group { get; init; } = "";

    public string Kdf { get; init; } = "";

    public int MemoryKib { get; init; }

    public int Passes { get; init; }

    public int Lanes { get; init; }

    public byte[] Salt { get; init; } = [];

    public string Cipher { get; init; } = "";

    public byte[] Nonce { get; init; } = [];

    /// <summary>The sealed entries and the tag of the cipher.</summary>
    public byte[] Data { get; init; } = [];

    /// <summary>SHA-256 of the authenticated header and the data, so that damage is told from a wrong password.</summary>
    public byte[] Sha256 { get; init; } = [];
}
