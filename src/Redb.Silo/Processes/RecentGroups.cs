using System.Collections.Concurrent;

namespace Redb.Silo.Processes;

/// <summary>Remembers process groups that were ended a moment ago, whose last members may still be closing their sockets.</summary>
internal sealed class RecentGroups(TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<(int Group, long At)> _groups = new();

    public void Add(int group)
    {
        while (_groups.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > Memory)
        {
            _groups.TryDequeue(out _);
        }

        _groups.Enqueue((group, time.GetTimestamp()));
    }

    public bool Contains(int group) =>
        _groups.Any(entry => entry.Group == group && time.GetElapsedTime(entry.At) <= Memory);
}
