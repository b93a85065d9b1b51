using System.Collections.Immutable;
using Redb.Abstractions.Hosts;
using Redb.Grains.Services;

namespace Redb.Grains.Hosts;

/// <summary>This silo's copy of the cluster directory. Safe across threads.</summary>
/// <param name="time">The clock.</param>
internal sealed class ClusterDirectory(TimeProvider time)
{
    /// <summary>Time between two signs of life.</summary>
    public static TimeSpan SignOfLife { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Silence from which on nobody can say how a host is: three signs of life did not come.</summary>
    public static TimeSpan SilentAfter { get; } = 3 * SignOfLife;

    private readonly Lock _turn = new();
    private ImmutableSortedDictionary<string, HostRecord> _records = DirectoryMachine.Empty;

    /// <summary>What is known, by name of silo.</summary>
    public ImmutableSortedDictionary<string, HostRecord> Records => Volatile.Read(ref _records);

    /// <summary>Takes something in.</summary>
    /// <returns>Silos that must be asked for everything.</returns>
    public ImmutableArray<string> Hear(DirectoryInput input)
    {
        lock (_turn)
        {
            var (records, missed) = DirectoryMachine.Next(_records, input, Moment.Of(time));
            Volatile.Write(ref _records, records);
            return missed;
        }
    }

    /// <summary>Shows every silo that is known.</summary>
    public ImmutableArray<HostView> Show() => DirectoryMachine.Show(Records, SilentAfter, Moment.Of(time));

    /// <summary>Whether any silo is in another state than it was, or was not known then; costs less than showing them.</summary>
    /// <param name="states">The states that were seen, by name of silo.</param>
    public bool DiffersFrom(IReadOnlyDictionary<string, HostState> states)
    {
        var now = Moment.Of(time);
        return Records.Any(pair =>
            !states.TryGetValue(pair.Key, out var state)
            || state != DirectoryMachine.StateOf(pair.Value, SilentAfter, now)
        );
    }
}
