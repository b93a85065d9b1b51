using System.CommandLine;

namespace Redb.Cli.Commands.Keyrings;

/// <summary><c>redbctl keyring</c>: the secrets of a group on this machine, with or without a supervisor.</summary>
internal sealed class KeyringCommand(CommandContext context)
{
    /// <summary>The verb with those below it.</summary>
    public Command Create() =>
        new("keyring", "List, read and change the secrets of a group, and move them")
        {
            NodeOptions.Configuration,
            NodeOptions.IsDev,
            new KeyringListCommand(context).Create(),
            new KeyringGetCommand(context).Create(),
            new KeyringSetCommand(context).Create(),
            new KeyringDeleteCommand(context).Create(),
            new KeyringRotateCommand(context).Create(),
            new KeyringMigrateCommand(context).Create(),
            new KeyringExportCommand(context).Create(),
            new KeyringImportCommand(context).Create(),
        };
}
