using BenchmarkDotNet.Attributes;
using Redb.Abstractions.Services;
using Redb.Grains.Services;

namespace Redb.Benchmarks.Micro;

/// <summary>What a service does next.</summary>
[MemoryDiagnoser]
public class ServiceMachineBenchmarks
{
    private static readonly ServicePolicy Policy = new(new RestartPolicy(), new StopPolicy());
    private static readonly Moment Now = new(DateTimeOffset.UnixEpoch, TimeSpan.FromHours(1));
    private static readonly RunId Run = new(7);

    private readonly ServiceState _ready = new()
    {
        Phase = ServicePhase.Ready,
        Wanted = Wanted.Up,
        Run = Run,
        Pid = 4711,
        Gate = Gate.Open,
    };

    private readonly ServiceInput _killed = new ServiceInput.Exited(Run, new(null, 9, DateTimeOffset.UnixEpoch));
    private readonly ServiceInput _late = new ServiceInput.BecameReady(new RunId(3));

    [Benchmark]
    public int A_crash_that_is_answered_with_a_restart() =>
        ServiceMachine.Next(_ready, _killed, Policy, Now, sample: 0.5).Effects.Length;

    [Benchmark]
    public int News_of_an_earlier_run_that_changes_nothing() =>
        ServiceMachine.Next(_ready, _late, Policy, Now, sample: 0.5).Effects.Length;
}
