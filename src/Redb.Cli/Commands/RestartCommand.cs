using System.CommandLine;
using Redb.Cli.Operations;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl restart</c>.</summary>
internal sealed class RestartCommand(CommandContext context)
{
    /// <summary>The verb with its options.</summary>
    public Command Create() =>
        new ChangeCommand(context, Change.Restart).Create(
            "Stop services, start them again and wait until they are ready"
        );
}
