using System.Collections.Immutable;
using Redb.Cli.Clients;
using Redb.Cli.Operations;

namespace Redb.Cli.Commands;

/// <summary>Waits for what was asked for, and shows meanwhile how far it is.</summary>
internal static class Progress
{
    /// <summary>Waits until aims are reached, hopeless, or out of time; what happens meanwhile is shown live on a terminal, in lines elsewhere, always on standard error.</summary>
    /// <param name="context">Where it is shown.</param>
    /// <param name="scope">The groups.</param>
    /// <param name="aims">What is waited for, one aim a group.</param>
    /// <param name="timeout">Longest wait; null for that of <see cref="CommonOptions.StandardTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public static Task<Outcome> WaitAsync(
        CommandContext context,
        Scope scope,
        ImmutableArray<Aim> aims,
        TimeSpan? timeout,
        CancellationToken cancellationToken
    ) =>
        WaitAsync(
            context,
            scope,
            aims,
            timeout ?? CommonOptions.StandardTimeout,
            lost: TimeSpan.Zero,
            cancellationToken
        );

    /// <summary>Waits as above when a part of the time is over already.</summary>
    /// <param name="context">Where it is shown.</param>
    /// <param name="scope">The groups.</param>
    /// <param name="aims">What is waited for, one aim a group.</param>
    /// <param name="timeout">Longest wait in all.</param>
    /// <param name="lost">How much of it is over.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public static async Task<Outcome> WaitAsync(
        CommandContext context,
        Scope scope,
        ImmutableArray<Aim> aims,
        TimeSpan timeout,
        TimeSpan lost,
        CancellationToken cancellationToken
    )
    {
        IProgressView view = context.Terminal.Traits.IsErrorTerminal
            ? new LiveProgress(context.Terminal.Side, context.Time)
            : new LineProgress(context.Terminal.Error, context.Time, scope.Views, lost);
        var waiter = new Waiter(scope, context.Time);
        var left = timeout > lost ? timeout - lost : TimeSpan.Zero;
        var outcome = await view.ShowAsync(report => waiter.WaitAsync(aims, left, report, cancellationToken));
        return outcome with { Elapsed = lost + outcome.Elapsed };
    }
}
