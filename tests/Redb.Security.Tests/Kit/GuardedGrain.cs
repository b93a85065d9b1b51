using System.Runtime.CompilerServices;
using Orleans.Placement;

namespace Redb.Security.Tests.Kit;

[RandomPlacement]
internal sealed class GuardedGrain(ILocalSiloDetails silo) : Grain, IGuardedGrain
{
    private int _ticks;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(
            () =>
            {
                _ticks++;
                return Task.CompletedTask;
            },
            new()
            {
                DueTime = TimeSpan.FromMilliseconds(10),
                Period = TimeSpan.FromMilliseconds(10),
                Interleave = true,
            }
        );
        return Task.CompletedTask;
    }

    public Task<string> ReadAsync() => Task.FromResult($"read on {silo.Name}");

    public Task<string> StartAsync() => Task.FromResult("started");

    public Task<string> EndAsync() => Task.FromResult("ended");

    public async IAsyncEnumerable<int> CountAsync(
        int last,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        for (var number = 1; number <= last; number++)
        {
            await Task.Yield();
            yield return number;
        }
    }

    public IAsyncEnumerable<int> CountSecretlyAsync(int last, CancellationToken cancellationToken = default) =>
        CountAsync(last, cancellationToken);

    public Task<string> AskAnotherAsync(string key) => GrainFactory.GetGrain<IGuardedGrain>(key).InsideAsync();

    public Task<string> InsideAsync() =>
        Task.FromResult(
            $"inside {silo.Name}, token {(RequestContext.Get(Security.Calls.CallToken.Key) is null ? "gone" : "passed on")}"
        );

    public Task<int> TicksAsync() => Task.FromResult(_ticks);

    public Task WatchAsync(IGuardedWatcher watcher) => watcher.ToldAsync("hello");
}
