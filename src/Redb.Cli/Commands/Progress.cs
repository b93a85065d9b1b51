using Redb.Cli.Clients;
using Redb.Cli.Operations;

namespace Redb.Cli.Commands;

/// <summary>Chooses how a wait is shown.</summary>
internal static class Progress
{
    /// <summary>Live on a terminal, lines elsewhere; always on standard error.</summary>
    public static IProgressView For(CommandContext context, Scope scope) =>
        context.Terminal.Traits.IsErrorTerminal
            ? new LiveProgress(context.Terminal.Side, context.Time)
            : new LineProgress(context.Terminal.Error, context.Time, scope.Views);
}
