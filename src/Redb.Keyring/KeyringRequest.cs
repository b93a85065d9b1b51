using Redb.Abstractions.Configuration;

namespace Redb.Keyring;

/// <summary>Whose keyring is to be opened, and all that this depends on.</summary>
public sealed record KeyringRequest
{
    /// <summary>The <c>keyring</c> section, with environment and flags worked in.</summary>
    public required KeyringConfiguration Configuration { get; init; }

    /// <summary>The group's id. Default <c>default</c>.</summary>
    public string Group { get; init; } = "default";

    /// <summary>Whether reDB's well-known master password will do. Default false.</summary>
    public bool IsDev { get; init; }

    /// <summary>Whether a master password is generated where there is none. Default false: only who is about to write asks for it.</summary>
    public bool Generates { get; init; }

    /// <summary>Whether the keyring may be opened in the middle of a rotation, to finish it. Default false.</summary>
    public bool IsRotating { get; init; }

    /// <summary>The user's home folder; empty when there is none.</summary>
    public required string Home { get; init; }

    /// <summary>Absolute folder that relative paths start from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>A request of this process for the keyring of a configured group.</summary>
    public static KeyringRequest OfProcess(RedbConfiguration configuration) =>
        new()
        {
            Configuration = configuration.Keyring,
            Group = configuration.InstanceGroup.GroupId,
            Home = Environment.GetEnvironmentVariable("HOME") ?? "",
            WorkingDirectory = Directory.GetCurrentDirectory(),
        };
}
