using Microsoft.Extensions.Time.Testing;

namespace Redb.Hosting.Service.Tests.Doubles;

/// <summary>A fake clock that tells when a wait was armed, so that a test advances neither too early nor by sleeping.</summary>
internal sealed class ArmedTimeProvider : FakeTimeProvider
{
    private readonly Recorder<TimeSpan> _armed = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _armed.Add(dueTime);
        return timer;
    }

    public async Task AdvanceWhenArmedAsync(TimeSpan wait)
    {
        await _armed.NextAsync(due => due == wait);
        Advance(wait);
    }
}
