using System.Threading.Channels;

namespace Redb.Hosting.Service.Tests.Doubles;

/// <summary>What happened, in order, for a test to await one by one.</summary>
internal sealed class Recorder<T>
{
    // A bound for a world gone wrong, not a wait: the machine may be busy.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly Channel<T> _seen = Channel.CreateUnbounded<T>();

    public int Waiting => _seen.Reader.Count;

    public void Add(T item) => _seen.Writer.TryWrite(item);

    public Task<T> NextAsync() =>
        _seen
            .Reader.ReadAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(Limit, TestContext.Current.CancellationToken);

    // One limit for the whole search: a stream of unwanted news must not go on for ever.
    public Task<T> NextAsync(Func<T, bool> wanted) =>
        FindAsync(wanted).WaitAsync(Limit, TestContext.Current.CancellationToken);

    private async Task<T> FindAsync(Func<T, bool> wanted)
    {
        while (true)
        {
            if (await NextAsync() is var item && wanted(item))
            {
                return item;
            }
        }
    }
}
