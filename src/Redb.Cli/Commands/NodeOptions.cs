using System.CommandLine;

namespace Redb.Cli.Commands;

/// <summary>Options of the verbs that work on the keyring and the database of a group; no supervisor needs to run.</summary>
internal static class NodeOptions
{
    /// <summary>The configuration of the group.</summary>
    public static Option<string?> Configuration { get; } =
        new("--config", "-c")
        {
            Description = "Configuration file of the group [default: that of the running supervisor, else config.yaml]",
            HelpName = "FILE",
            Recursive = true,
        };

    /// <summary>Whether the well-known master password will do.</summary>
    public static Option<bool> IsDev { get; } =
        new("--dev") { Description = "Accept the master password that everybody knows", Recursive = true };
}
