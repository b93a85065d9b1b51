using System.Collections.Concurrent;
using Redb.Silo.Processes;

namespace Redb.Silo.Limits;

/// <summary>Looks now and then at the memory of runs that no cgroup limits, and tells which uses too much.</summary>
internal sealed partial class MemorySampler : IAsyncDisposable
{
    private const int BytesPerMegabyte = 1 << 20;

    // One look may fall on a peak that is gone the next moment.
    private const int Tolerated = 1;

    private readonly ConcurrentDictionary<int, Watched> _watched = new();
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BackgroundTasks _reports;
    private readonly ITimer _timer;
    private int _looking;

    public MemorySampler(TimeSpan interval, TimeProvider time, ILogger logger)
    {
        (_interval, _time, _logger) = (interval, time, logger);
        _reports = new(logger);
        _timer = time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches a session until it is forgotten.</summary>
    /// <param name="session">The session; the pid of the run that leads it.</param>
    /// <param name="limitMb">Its limit in MiB.</param>
    /// <param name="exceeded">Told once, when it is over the limit at two looks in a row.</param>
    public void Watch(int session, long limitMb, Func<string, ValueTask> exceeded)
    {
        _watched[session] = new(limitMb, exceeded);
        _timer.Change(_interval, _interval);
    }

    /// <summary>Watches a session no longer; does nothing if it is not watched.</summary>
    public void Forget(int session) => _watched.TryRemove(session, out _);

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _reports.DrainAsync(_interval, _time);
    }

    private void Look()
    {
        if (Interlocked.Exchange(ref _looking, 1) != 0)
        {
            return;
        }

        try
        {
            LookOnce();
        }
        catch (Exception failure)
        {
            LogLookFailed(failure);
        }
        finally
        {
            Volatile.Write(ref _looking, 0);
        }
    }

    private void LookOnce()
    {
        var memory = _watched.IsEmpty ? [] : SessionMemory.Of(_watched.Keys.ToHashSet());
        foreach (var (session, watched) in _watched)
        {
            var used = memory.GetValueOrDefault(session) / BytesPerMegabyte;
            watched.Looks = used > watched.LimitMb ? watched.Looks + 1 : 0;
            if (watched.Looks > Tolerated && _watched.TryRemove(session, out _))
            {
                var reason = $"uses {used} MB, limit is {watched.LimitMb} MB (sampled)";
                _reports.Run("report a limit that is exceeded", () => watched.Exceeded(reason));
            }
        }
    }

    [LoggerMessage(62, LogLevel.Error, "The memory of services could not be sampled.")]
    private partial void LogLookFailed(Exception failure);

    private sealed record Watched(long LimitMb, Func<string, ValueTask> Exceeded)
    {
        /// <summary>Looks in a row that found it over its limit.</summary>
        public int Looks { get; set; }
    }
}
