using System.Threading.Channels;
using Redb.Abstractions.Hosts;

namespace Redb.Cli.Operations;

/// <summary>Moves a stream of a grain into a channel, so that several can be awaited at once.</summary>
internal static class Pump
{
    /// <summary>Reads until the stream ends, and hands its error to the reader: awaiting the pump never throws for what the network does.</summary>
    public static async Task RunAsync<T>(
        IAsyncEnumerable<T> source,
        ChannelWriter<T> writer,
        CancellationToken cancellationToken
    )
    {
        Exception? failure = null;
        try
        {
            await foreach (var item in source.WithCancellation(cancellationToken))
            {
                await writer.WriteAsync(item, cancellationToken);
            }
        }
        catch (Exception error)
            when (error
                    is OperationCanceledException
                        or EnumerationAbortedException
                        or TimeoutException
                        or HostUnreachableException
                        or OrleansException
            )
        {
            // A stream cancelled on the other side, or unknown there after a restart, has ended; there is nothing more to say about it.
            var isTheirs =
                error is EnumerationAbortedException
                || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
            failure = isTheirs ? null : error;
        }

        writer.TryComplete(failure);
    }
}
