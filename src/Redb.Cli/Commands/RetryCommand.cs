using System.CommandLine;
using Redb.Cli.Operations;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl retry</c>.</summary>
internal sealed class RetryCommand(CommandContext context)
{
    /// <summary>The verb with its options.</summary>
    public Command Create() =>
        new ChangeCommand(context, Change.Retry).Create(
            "Start services at once that wait for a restart or have given up (none named: all of them)"
        );
}
