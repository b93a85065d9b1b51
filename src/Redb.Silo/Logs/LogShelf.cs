using System.Collections.Concurrent;

namespace Redb.Silo.Logs;

/// <summary>Brings rotations and readers of the same log together, so that a reader never loses or repeats a line.</summary>
internal sealed class LogShelf
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Opens a cursor that rotations of the log will move along until it is closed.</summary>
    public LogCursor Open(string file, int? last, DateTimeOffset? since)
    {
        var entry = EntryOf(file);
        lock (entry.Gate)
        {
            var cursor = LogCursor.Open(file, last, since);
            entry.Cursors.Add(cursor);
            return cursor;
        }
    }

    public void Close(string file, LogCursor cursor)
    {
        var entry = EntryOf(file);
        lock (entry.Gate)
        {
            entry.Cursors.Remove(cursor);
            cursor.Dispose();
        }
    }

    /// <summary>Reads on; 0 when there is no more yet.</summary>
    public int Read(string file, LogCursor cursor, Span<byte> buffer)
    {
        lock (EntryOf(file).Gate)
        {
            return cursor.Read(buffer);
        }
    }

    /// <summary>Reads on after looking whether the file was cut short or replaced by other hands.</summary>
    public int ReadRenewed(string file, LogCursor cursor, Span<byte> buffer)
    {
        lock (EntryOf(file).Gate)
        {
            cursor.Renew();
            return cursor.Read(buffer);
        }
    }

    /// <summary>Runs the part of a rotation that moves bytes while nobody reads, and moves the cursors along.</summary>
    /// <returns>What <paramref name="move"/> returned; null means that nothing moved.</returns>
    public Rotation? Move(string file, Func<Rotation?> move)
    {
        var entry = EntryOf(file);
        lock (entry.Gate)
        {
            var rotation = move();
            if (rotation is not null)
            {
                entry.Cursors.ForEach(cursor => cursor.Follow(rotation));
            }

            return rotation;
        }
    }

    private Entry EntryOf(string file) => _entries.GetOrAdd(file, _ => new());

    private sealed class Entry
    {
        public Lock Gate { get; } = new();

        public List<LogCursor> Cursors { get; } = [];
    }
}
