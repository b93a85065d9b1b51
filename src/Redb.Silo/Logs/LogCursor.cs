using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Logs;

/// <summary>A place in a log, rotated files and live file together, that rotations move along.</summary>
/// <remarks>All members are to be called under the lock of the log's <see cref="LogShelf"/>.</remarks>
internal sealed class LogCursor : IDisposable
{
    private readonly string _file;
    private readonly Queue<LogSegment> _rotated = new();
    private long _rotatedPosition = -1;
    private SafeFileHandle? _live;
    private long _livePosition;

    private LogCursor(string file) => _file = file;

    /// <summary>What stands before the first line in its file, at most one block; for the time that line goes by.</summary>
    public byte[] Before { get; private init; } = [];

    /// <summary>Opens a log, whether or not there is a file yet.</summary>
    /// <param name="file">The live file.</param>
    /// <param name="last">Begin at this many lines before the end; null for the beginning.</param>
    /// <param name="since">Leave out rotated files in which nothing is that new.</param>
    public static LogCursor Open(string file, int? last, DateTimeOffset? since)
    {
        var segments = OpenRotated(file, since);
        var live = OpenFile(file);
        if (live is not null)
        {
            segments.Add(new(live, ContinuationMark.LengthIn(live), RandomAccess.GetLength(live)));
        }

        if (last is { } count)
        {
            segments = LogSegment.KeepLast(segments, count);
        }

        var cursor = new LogCursor(file)
        {
            Before = segments.Find(segment => segment.From < segment.To)?.ReadBefore() ?? [],
            _live = live,
            _livePosition = live is null ? 0 : segments[^1].From,
        };
        foreach (var segment in segments.Where(segment => segment.File != live))
        {
            cursor.Enqueue(segment);
        }

        return cursor;
    }

    /// <summary>The next bytes; 0 when there are no more yet.</summary>
    public int Read(Span<byte> buffer)
    {
        while (_rotated.TryPeek(out var segment))
        {
            _rotatedPosition = Math.Max(_rotatedPosition, segment.From);
            var wanted = (int)Math.Min(buffer.Length, segment.To - _rotatedPosition);
            var read = RandomAccess.Read(segment.File, buffer[..wanted], _rotatedPosition);
            _rotatedPosition += read;
            if (read > 0)
            {
                return read;
            }

            _rotatedPosition = -1;
            _rotated.Dequeue().Dispose();
        }

        return ReadLive(buffer);
    }

    /// <summary>
    /// Looks at the end of the file whether it was cut short or replaced by other hands, and goes on at the head of what is there now.
    /// </summary>
    public void Renew()
    {
        if (_live is not null && RandomAccess.GetLength(_live) < _livePosition)
        {
            _livePosition = 0;
        }

        var now = OpenFile(_file);
        if (now is null || (_live is not null && FileCalls.Identity(now) == FileCalls.Identity(_live)))
        {
            now?.Dispose();
            return;
        }

        // What was written to the old file since the last read is still to be read.
        if (_live is not null)
        {
            Enqueue(new(_live, _livePosition, long.MaxValue));
        }

        _live = now;
        _livePosition = ContinuationMark.LengthIn(now);
    }

    /// <summary>Goes where a rotation took the bytes.</summary>
    public void Follow(Rotation rotation)
    {
        if (_live is null)
        {
            return;
        }

        if (_livePosition >= rotation.Copied)
        {
            _livePosition -= rotation.Removed;
            return;
        }

        // Opened now, for retention may delete the file before it is read.
        if (OpenFile(rotation.Path) is { } rotated)
        {
            var from = Math.Max(0, _livePosition - rotation.Skipped);
            Enqueue(new(rotated, from, rotation.Copied - rotation.Skipped));
        }

        _livePosition = rotation.Copied - rotation.Removed;
    }

    public void Dispose()
    {
        _live?.Dispose();
        foreach (var segment in _rotated)
        {
            segment.Dispose();
        }
    }

    private static List<LogSegment> OpenRotated(string file, DateTimeOffset? since) =>
        RotatedFile
            .Of(file)
            .Where(rotated => since is null || rotated.At >= since)
            .Select(rotated => OpenFile(rotated.Path))
            .OfType<SafeFileHandle>()
            .Select(handle => new LogSegment(handle, 0, RandomAccess.GetLength(handle)))
            .ToList();

    private static SafeFileHandle? OpenFile(string path)
    {
        try
        {
            return File.OpenHandle(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                FileOptions.SequentialScan
            );
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private int ReadLive(Span<byte> buffer)
    {
        var read = _live is null ? 0 : RandomAccess.Read(_live, buffer, _livePosition);
        _livePosition += read;
        return read;
    }

    private void Enqueue(LogSegment segment) => _rotated.Enqueue(segment);
}
