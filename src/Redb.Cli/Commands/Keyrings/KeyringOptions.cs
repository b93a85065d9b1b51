using System.CommandLine;

namespace Redb.Cli.Commands.Keyrings;

/// <summary>Options and arguments that mean the same at every verb of <c>redbctl keyring</c>.</summary>
internal static class KeyringOptions
{
    /// <summary>The configuration of the group.</summary>
    public static Option<string?> Configuration { get; } =
        new("--config")
        {
            Description = "Configuration file of the group [default: that of the running supervisor, else config.yaml]",
            HelpName = "FILE",
            Recursive = true,
        };

    /// <summary>Whether the well-known master password will do.</summary>
    public static Option<bool> IsDev { get; } =
        new("--dev") { Description = "Accept the master password that everybody knows", Recursive = true };

    /// <summary>First part of an entry's name.</summary>
    public static Argument<string> Service { get; } =
        new("SERVICE") { Description = "First part of the entry's name, such as redb-database" };

    /// <summary>Second part of an entry's name.</summary>
    public static Argument<string> User { get; } =
        new("USER") { Description = "Second part of the entry's name, such as postgres-password" };
}
