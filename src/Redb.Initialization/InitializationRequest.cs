using Redb.Abstractions.Configuration;

namespace Redb.Initialization;

/// <summary>One group to initialize.</summary>
public sealed record InitializationRequest
{
    /// <summary>Its configuration.</summary>
    public required RedbConfiguration Configuration { get; init; }

    /// <summary>The data folder as configured; held by this process, unless it is only planned.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the node's own files go, when it is initialized here for the first time; the folder of no other group.</summary>
    public required string NodeFolder { get; init; }

    /// <summary>Absolute folder that relative paths of the configuration start from. Default that of this process.</summary>
    public string WorkingDirectory { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>How to go about it.</summary>
    public required Manner Manner { get; init; }

    /// <summary>Whether the well-known master password may be used. Default false.</summary>
    public bool IsDev { get; init; }

    /// <summary>Whether the embedded database will do where PostgreSQL does not answer and nobody can be asked. Default false.</summary>
    public bool MayGuess { get; init; }

    /// <summary>Whether the yes has been given already. Default false.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>Whether a role that is there with another password may be given the keyring's. Default false.</summary>
    public bool MayReplacePassword { get; init; }
}
