using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;

namespace Redb.Cli.Operations;

/// <summary>Finds the last thing that went wrong with each root of an explanation.</summary>
internal static class LastTrouble
{
    /// <summary>The newest such event for each root by its name. Nothing has gone wrong with those that are ready, and with those somebody stopped.</summary>
    /// <param name="client">Their group.</param>
    /// <param name="links">The explanation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Dictionary<string, SupervisorEvent>> ReadAsync(
        GroupClient client,
        ImmutableArray<Link> links,
        CancellationToken cancellationToken
    )
    {
        var roots = links.Where(IsInTrouble).Select(link => link.Service.Name).ToHashSet(StringComparer.Ordinal);
        var last = new Dictionary<string, SupervisorEvent>(StringComparer.Ordinal);
        if (roots.Count == 0)
        {
            return last;
        }

        await foreach (var happened in client.ReadEventsAsync(0, follow: false, cancellationToken))
        {
            if (roots.Contains(happened.Service) && IsTrouble(happened.Kind))
            {
                last[happened.Service] = happened;
            }
        }

        return last;
    }

    private static bool IsInTrouble(Link link) =>
        link.IsRoot && link.Service.Phase is not (ServicePhase.Ready or ServicePhase.Stopped or ServicePhase.Disabled);

    private static bool IsTrouble(EventKind kind) =>
        kind is EventKind.Exited or EventKind.LaunchFailed or EventKind.Warning;
}
