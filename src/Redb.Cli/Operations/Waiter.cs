using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Cli.Clients;

namespace Redb.Cli.Operations;

/// <summary>Waits until aims are reached, hopeless, or out of time.</summary>
internal sealed class Waiter(Scope scope, TimeProvider time)
{
    // What a timer can hold.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <summary>Follows the groups' views until there is nothing left to wait for.</summary>
    /// <param name="aims">What is waited for, one aim a group.</param>
    /// <param name="timeout">Longest wait; infinite for none.</param>
    /// <param name="report">Hears every view that counts.</param>
    /// <param name="cancellationToken">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public async Task<Outcome> WaitAsync(
        ImmutableArray<Aim> aims,
        TimeSpan timeout,
        Action<Aim, GroupView> report,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        var standings = new Standing?[aims.Length];
        using var bound = new CancellationTokenSource(timeout < Longest ? timeout : Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        try
        {
            var clients = aims.Select(aim => scope.ClientOf(aim.Target.Group)).ToImmutableArray();
            await foreach (var (client, view) in ViewFeed.WatchAsync(clients, either.Token))
            {
                var index = clients.IndexOf(client);
                if (AimMachine.Judge(aims[index], view) is not { } standing)
                {
                    continue;
                }

                standings[index] = standing;
                report(aims[index], view);
                if (IsOver(standings))
                {
                    return Outcome.Of(Named(aims, standings), isTimedOut: false, time.GetElapsedTime(began));
                }
            }
        }
        catch (OperationCanceledException)
            when (bound.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Outcome.Of(Named(aims, standings), isTimedOut: true, time.GetElapsedTime(began));
        }

        throw StreamEnd.Of(cancellationToken);
    }

    // Where there is but one group, the service's name is enough.
    private IEnumerable<Standing?> Named(ImmutableArray<Aim> aims, Standing?[] standings) =>
        aims.Zip(standings, (aim, standing) => standing?.Within(scope.PrefixOf(aim.Target.Group)));

    private static bool IsOver(Standing?[] standings) =>
        Array.Exists(standings, standing => standing is { IsHopeless: true })
        || Array.TrueForAll(standings, standing => standing is { IsOver: true });
}
