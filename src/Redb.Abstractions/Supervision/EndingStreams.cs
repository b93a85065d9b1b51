using System.Runtime.CompilerServices;

namespace Redb.Abstractions.Supervision;

/// <summary>Streams that do not outlive whom they come from.</summary>
public static class EndingStreams
{
    /// <summary>Passes a stream on until it ends, or whom it comes from does: without an error in both cases.</summary>
    /// <param name="source">The stream; its reads heed their cancellation token.</param>
    /// <param name="end">Cancelled when whom it comes from ends.</param>
    /// <param name="cancellationToken">Gives up, with an <see cref="OperationCanceledException"/>.</param>
    public static async IAsyncEnumerable<T> UntilAsync<T>(
        this IAsyncEnumerable<T> source,
        CancellationToken end,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end, cancellationToken);
        await using var reader = source.GetAsyncEnumerator(either.Token);
        while (await ReadAsync())
        {
            yield return reader.Current;
        }

        async Task<bool> ReadAsync()
        {
            try
            {
                return await reader.MoveNextAsync();
            }
            catch (OperationCanceledException)
                when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }
    }
}
