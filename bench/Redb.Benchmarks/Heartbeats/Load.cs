using System.Diagnostics;
using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Heartbeats;

/// <summary>Callers that each call again as soon as they are answered.</summary>
/// <param name="callers">How many.</param>
/// <param name="server">The server, whose CPU time is counted.</param>
internal sealed class Load(int callers, ServerProgram server)
{
    private readonly List<double> _rates = [];
    private readonly List<double> _milliseconds = [];
    private double _seconds;
    private double _serverSeconds;
    private double _callerSeconds;

    public LoadResult Result =>
        new(Spread.Of(_rates), Spread.Of(_milliseconds), _serverSeconds / _seconds, _callerSeconds / _seconds);

    /// <summary>Calls for some time.</summary>
    /// <param name="call">One call by the caller of this number; throws when it is not answered as it should be.</param>
    /// <param name="duration">How long.</param>
    /// <param name="isCounted">Whether the round belongs to the result, or only warms up.</param>
    public async Task RunAsync(Func<int, Task> call, TimeSpan duration, bool isCounted)
    {
        var (serverBefore, callerBefore) = (server.Cpu, Environment.CpuUsage.TotalTime);
        var began = Stopwatch.GetTimestamp();
        var samples = await Task.WhenAll(
            Enumerable.Range(0, callers).Select(caller => CallAsync(call, caller, duration))
        );
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (!isCounted)
        {
            return;
        }

        _rates.Add(samples.Sum(list => list.Count) / seconds);
        _milliseconds.AddRange(samples.SelectMany(list => list));
        _seconds += seconds;
        _serverSeconds += (server.Cpu - serverBefore).TotalSeconds;
        _callerSeconds += (Environment.CpuUsage.TotalTime - callerBefore).TotalSeconds;
    }

    private static async Task<List<double>> CallAsync(Func<int, Task> call, int caller, TimeSpan duration)
    {
        await Task.Yield();
        var samples = new List<double>();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            var called = Stopwatch.GetTimestamp();
            await call(caller);
            samples.Add(Stopwatch.GetElapsedTime(called).TotalMilliseconds);
        }

        return samples;
    }
}
