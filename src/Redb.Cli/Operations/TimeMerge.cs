using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Redb.Cli.Operations;

/// <summary>Merges streams that are each in order of time into one that is.</summary>
/// <param name="patience">How long a line waits for an older one of another stream; infinite when all streams end.</param>
/// <param name="time">Clock of the wait.</param>
internal sealed class TimeMerge(TimeSpan patience, TimeProvider time)
{
    // Enough for the batches of a fast log, little enough for the memory of a slow terminal.
    private const int Ahead = 1000;

    /// <summary>Reads all streams, oldest item first.</summary>
    /// <param name="sources">The streams.</param>
    /// <param name="timeOf">Time of an item; null when it has none and goes with the one before it.</param>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<T> ReadAsync<T>(
        IReadOnlyList<IAsyncEnumerable<T>> sources,
        Func<T, DateTimeOffset?> timeOf,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lanes = sources.Select(_ => new Lane<T>(Channel.CreateBounded<T>(Ahead), timeOf)).ToList();
        var pumps = Task.WhenAll(
            sources.Select((source, index) => Pump.RunAsync(source, lanes[index].Writer, stop.Token))
        );
        try
        {
            while (await OldestAsync(lanes, cancellationToken) is { } lane)
            {
                yield return lane.Take();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await pumps;
        }
    }

    private async Task<Lane<T>?> OldestAsync<T>(List<Lane<T>> lanes, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Each is asked once: an item that arrives between two looks would leave a lane neither full nor empty.
            var full = lanes.Where(lane => lane.HasItem()).ToList();
            var empty = lanes.Except(full).Where(lane => !lane.IsDone).ToList();
            var awaited = full.Count == 0 ? empty : empty.Where(lane => !lane.IsQuiet).ToList();
            if (awaited.Count == 0)
            {
                return full.MinBy(lane => lane.Next);
            }

            var arrival = Task.WhenAny(awaited.Select(lane => lane.WaitAsync(cancellationToken)));
            if (full.Count == 0)
            {
                await await arrival;
            }
            else if (await Task.WhenAny(arrival, Task.Delay(patience, time, cancellationToken)) == arrival)
            {
                await await arrival;
            }
            else
            {
                cancellationToken.ThrowIfCancellationRequested();

                // Whoever said nothing in this time is not waited for again before it speaks.
                awaited.ForEach(lane => lane.IsQuiet = true);
            }
        }
    }

    /// <summary>One stream and the item at its head.</summary>
    private sealed class Lane<T>(Channel<T> channel, Func<T, DateTimeOffset?> timeOf)
    {
        private Task? _arrival;
        private DateTimeOffset _last = DateTimeOffset.MinValue;

        public ChannelWriter<T> Writer => channel.Writer;

        public bool IsQuiet { get; set; }

        public bool IsDone { get; private set; }

        public DateTimeOffset Next { get; private set; }

        public bool HasItem()
        {
            if (!channel.Reader.TryPeek(out var item))
            {
                return false;
            }

            IsQuiet = false;
            Next = timeOf(item) ?? _last;
            return true;
        }

        public T Take()
        {
            _last = Next;
            return channel.Reader.TryRead(out var item) ? item : throw new System.Diagnostics.UnreachableException();
        }

        // One wait at a time, kept until it is over: asking anew would leave a waiter behind each time.
        public Task WaitAsync(CancellationToken cancellationToken) =>
            _arrival is { IsCompleted: false } ? _arrival : _arrival = ArriveAsync(cancellationToken);

        private async Task ArriveAsync(CancellationToken cancellationToken) =>
            IsDone = !await channel.Reader.WaitToReadAsync(cancellationToken);
    }
}
