using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Redb.Abstractions.Instances;
using Redb.Cli.Clients;

namespace Redb.Cli.Operations;

/// <summary>Merges the views of several groups into one stream.</summary>
internal static class ViewFeed
{
    /// <summary>Views of all groups as they change, each with its client, beginning with the present ones; ends when a supervisor ends its stream.</summary>
    public static async IAsyncEnumerable<(GroupClient Client, GroupView View)> WatchAsync(
        ImmutableArray<GroupClient> clients,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var views = Channel.CreateUnbounded<(GroupClient, GroupView)>();
        var pumps = Task.WhenAll(
            clients.Select(client =>
                Pump.RunAsync(client.WatchAsync(stop.Token).Select(view => (client, view)), views.Writer, stop.Token)
            )
        );
        try
        {
            await foreach (var view in views.Reader.ReadAllAsync(cancellationToken))
            {
                yield return view;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await pumps;
        }
    }
}
