using Redb.Cli.Clients;

namespace Redb.Cli.Operations;

/// <summary>Cordons a host, which is to say every group of it: each remembers it in its own journal.</summary>
internal static class Cordoning
{
    /// <summary>Sets or lifts the cordon of the host that the scope is about.</summary>
    /// <param name="scope">All groups of one host.</param>
    /// <param name="reason">Why; null to lift it.</param>
    /// <param name="verb">What is tried, for messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailure">The host is silent.</exception>
    public static async Task SetAsync(Scope scope, string? reason, string verb, CancellationToken cancellationToken)
    {
        Reach.Require(scope, Addressing.Resolve([], scope.Views), verb);
        await Task.WhenAll(scope.Clients.Select(client => client.CordonAsync(reason, cancellationToken)));
    }
}
