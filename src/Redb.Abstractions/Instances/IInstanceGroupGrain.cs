using System.Collections.Immutable;
using Redb.Abstractions.Security;
using Redb.Abstractions.Supervision;

namespace Redb.Abstractions.Instances;

/// <summary>One instance group. The grain key is <see cref="GroupKey"/>; it lives on the silo of its host.</summary>
public interface IInstanceGroupGrain : IGrainWithStringKey
{
    /// <summary>Reads the group as it stands.</summary>
    [RequiresRole(CallerRole.Viewer)]
    Task<GroupView> GetViewAsync();

    /// <summary>Every view from now on, beginning with the present one. A slow reader gets the newest, not each.</summary>
    [RequiresRole(CallerRole.Viewer)]
    IAsyncEnumerable<GroupView> WatchAsync(CancellationToken cancellationToken = default);

    /// <summary>Wants services up; returns once that is recorded, not once they are ready.</summary>
    /// <param name="services">Their names; none means the whole group.</param>
    /// <param name="force">Whether also on a host that is cordoned.</param>
    [RequiresRole(CallerRole.Operator)]
    Task<CommandResult> StartAsync(ImmutableArray<string> services, bool force = false);

    /// <summary>Wants services down; returns once that is recorded, not once they have ended.</summary>
    /// <param name="services">Their names; none means the whole group, in reverse order of dependency.</param>
    [RequiresRole(CallerRole.Operator)]
    Task<CommandResult> StopAsync(ImmutableArray<string> services);

    /// <summary>Stops services and starts them again.</summary>
    /// <param name="services">Their names; none means the whole group, in order of dependency.</param>
    /// <param name="force">Whether also on a host that is cordoned.</param>
    [RequiresRole(CallerRole.Operator)]
    Task<CommandResult> RestartAsync(ImmutableArray<string> services, bool force = false);

    /// <summary>Starts services at once that wait for a restart, or have given up (<c>BackingOff</c>, <c>CrashLoop</c>, <c>Failed</c>); others stay as they are.</summary>
    /// <param name="services">Their names; none means the whole group.</param>
    /// <param name="force">Whether also on a host that is cordoned.</param>
    [RequiresRole(CallerRole.Operator)]
    Task<CommandResult> RetryAsync(ImmutableArray<string> services, bool force = false);

    /// <summary>Remembers, or forgets, that its host is cordoned; what runs goes on.</summary>
    /// <param name="reason">Why it is cordoned, may be empty; null when it is not any more.</param>
    [RequiresRole(CallerRole.Admin)]
    Task CordonAsync(string? reason);

    /// <summary>Events of the group, oldest first.</summary>
    /// <param name="after">Only events with a higher sequence number; 0 for all that are kept.</param>
    /// <param name="follow">Whether to go on with events as they happen.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    [RequiresRole(CallerRole.Viewer)]
    IAsyncEnumerable<SupervisorEvent> ReadEventsAsync(
        long after,
        bool follow,
        CancellationToken cancellationToken = default
    );

    /// <summary>Events that are not kept in memory any more, from the journal; the newest of them, oldest first.</summary>
    /// <param name="before">Only events with a lower sequence number.</param>
    /// <param name="count">How many at most, 1 to 1000; what is beyond counts as the nearest of these.</param>
    /// <returns>The events; none when there are no older ones, or when the journal cannot be read.</returns>
    [RequiresRole(CallerRole.Viewer)]
    Task<ImmutableArray<SupervisorEvent>> ReadOlderEventsAsync(long before, int count);
}
