namespace Redb.Grains.Services;

/// <summary>One-shot timers of a grain, by name: setting one again replaces it, and its callback is a turn of the grain.</summary>
internal sealed class GrainTimers(IGrainBase grain)
{
    private readonly Dictionary<string, IGrainTimer> _timers = new(StringComparer.Ordinal);

    public void Set(string name, TimeSpan delay, Func<Task> callback)
    {
        Cancel(name);
        _timers[name] = grain.RegisterGrainTimer(
            callback,
            new GrainTimerCreationOptions(delay, Timeout.InfiniteTimeSpan) { KeepAlive = true }
        );
    }

    public void Cancel(string name)
    {
        if (_timers.Remove(name, out var timer))
        {
            timer.Dispose();
        }
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values)
        {
            timer.Dispose();
        }

        _timers.Clear();
    }
}
