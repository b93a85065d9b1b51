using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;

namespace Redb.Silo.Journal;

/// <summary>What is to be written in one transaction. Of several memories of one thing only the last is kept: nobody sees the ones between.</summary>
/// <param name="limit">Most events and most runs it holds; the oldest beyond are dropped.</param>
internal sealed class JournalBatch(int limit)
{
    public Dictionary<(string Group, string Service), ServiceMemory> Services { get; } = [];

    public OrderedDictionary<(string Group, string Service, long Run), RunRow> Runs { get; } = [];

    public Dictionary<string, GroupMemory> Groups { get; } = new(StringComparer.Ordinal);

    public Queue<(string Group, SupervisorEvent Event)> Events { get; } = [];

    /// <summary>Events that were dropped.</summary>
    public long Lost { get; private set; }

    public bool IsEmpty => Services.Count + Runs.Count + Groups.Count + Events.Count == 0;

    /// <summary>Since when somebody waits for it, as a timestamp; null for nobody.</summary>
    public long? AwaitedSince { get; set; }

    /// <summary>Completes when it is written, or cannot be for now.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add((string Group, string Service) service, ServiceMemory memory) => Services[service] = memory;

    public void Add(string group, GroupMemory memory) =>
        Groups[group] = Groups.TryGetValue(group, out var earlier) ? Merge(earlier, memory) : memory;

    public void Add((string Group, string Service, long Run) key, RunRow row)
    {
        Runs[key] = Runs.TryGetValue(key, out var earlier) ? Merge(earlier, row) : row;
        if (Runs.Count > limit)
        {
            Runs.RemoveAt(0);
        }
    }

    public void Add(string group, SupervisorEvent happened)
    {
        Events.Enqueue((group, happened));
        if (Events.Count > limit)
        {
            Events.Dequeue();
            Lost++;
        }
    }

    /// <summary>The same with what came later on top.</summary>
    public void Add(JournalBatch later)
    {
        Lost += later.Lost;
        foreach (var (key, memory) in later.Services)
        {
            Add(key, memory);
        }

        foreach (var (key, row) in later.Runs)
        {
            Add(key, row);
        }

        foreach (var (group, memory) in later.Groups)
        {
            Add(group, memory);
        }

        foreach (var (group, happened) in later.Events)
        {
            Add(group, happened);
        }
    }

    /// <summary>Lets everybody go on who waits for it.</summary>
    public void Release() => Done.TrySetResult();

    /// <summary>Members that <paramref name="later"/> does not name stay as they were.</summary>
    public static GroupMemory Merge(GroupMemory earlier, GroupMemory later) =>
        later with
        {
            Members = earlier.Members.SetItems(later.Members),
        };

    private static RunRow Merge(RunRow earlier, RunRow later) =>
        later with
        {
            IntendedAt = earlier.IntendedAt ?? later.IntendedAt,
            Process = later.Process ?? earlier.Process,
            LaunchedAt = later.LaunchedAt ?? earlier.LaunchedAt,
            ReadyAt = later.ReadyAt ?? earlier.ReadyAt,
            Exit = later.Exit ?? earlier.Exit,
        };
}
