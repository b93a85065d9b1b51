using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Cli.Operations;

namespace Redb.Cli.Tests.Fakes;

/// <summary>Passes calls on to the test's group.</summary>
public sealed class FakeGroupGrain(FakeWorld world) : Grain, IInstanceGroupGrain
{
    private FakeGroup Group => world.Get(this.GetPrimaryKeyString());

    public Task<GroupView> GetViewAsync() => Task.FromResult(Group.View);

    public IAsyncEnumerable<GroupView> WatchAsync(CancellationToken cancellationToken = default) =>
        Group.WatchAsync(cancellationToken);

    public Task<CommandResult> StartAsync(ImmutableArray<string> services, bool force = false) =>
        Task.FromResult(Group.Request(Change.Start, services, force));

    public Task<CommandResult> StopAsync(ImmutableArray<string> services) =>
        Task.FromResult(Group.Request(Change.Stop, services));

    public Task<CommandResult> RestartAsync(ImmutableArray<string> services, bool force = false) =>
        Task.FromResult(Group.Request(Change.Restart, services, force));

    public Task<CommandResult> RetryAsync(ImmutableArray<string> services, bool force = false) =>
        Task.FromResult(Group.Request(Change.Retry, services, force));

    public Task CordonAsync(string? reason)
    {
        Group.Change(view => view with { Cordon = reason is null ? null : new(DateTimeOffset.UnixEpoch, reason) });
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<SupervisorEvent> ReadEventsAsync(
        long after,
        bool follow,
        CancellationToken cancellationToken = default
    ) => Group.ReadEventsAsync(after, follow, cancellationToken);

    public Task<ImmutableArray<SupervisorEvent>> ReadOlderEventsAsync(long before, int count) =>
        Task.FromResult(Group.ReadOlderEvents(before, count));
}
