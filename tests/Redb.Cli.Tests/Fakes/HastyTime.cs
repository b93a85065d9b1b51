using Microsoft.Extensions.Time.Testing;
using Redb.Cli.Clients;

namespace Redb.Cli.Tests.Fakes;

/// <summary>A clock that stands still but for the pauses between two attempts, which pass as soon as they begin.</summary>
internal sealed class HastyTime : FakeTimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == Persistence.Pause)
        {
            Advance(dueTime);
        }

        return timer;
    }
}
