using System.Threading.Channels;

namespace Redb.Hosting.Service.Supervision;

/// <summary>Cuts one wait short. Set twice before anybody waits, it still cuts one.</summary>
internal sealed class Pulse
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Set() => _set.Writer.TryWrite(true);

    /// <summary>Ends after the given time, at the next <see cref="Set"/>, or when cancelled; never throws.</summary>
    public async Task WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var elapsed = Task.Delay(limit, time, ended.Token);
        var set = _set.Reader.WaitToReadAsync(ended.Token).AsTask();
        await Task.WhenAny(elapsed, set);
        await ended.CancelAsync();
        _set.Reader.TryRead(out _);
    }
}
