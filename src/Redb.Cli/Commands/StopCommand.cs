using System.CommandLine;
using Redb.Cli.Operations;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl stop</c>.</summary>
internal sealed class StopCommand(CommandContext context)
{
    /// <summary>The verb with its options.</summary>
    public Command Create() =>
        new ChangeCommand(context, Change.Stop).Create("Stop services and wait until they have ended");
}
