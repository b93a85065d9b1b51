using System.CommandLine;
using Redb.Cli.Operations;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl start</c>.</summary>
internal sealed class StartCommand(CommandContext context)
{
    /// <summary>The verb with its options.</summary>
    public Command Create() =>
        new ChangeCommand(context, Change.Start).Create("Start services and wait until they are ready");
}
