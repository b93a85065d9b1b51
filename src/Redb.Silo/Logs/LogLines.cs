using System.Text;
using Redb.Abstractions.Logs;

namespace Redb.Silo.Logs;

/// <summary>Makes the lines a query asks for out of the bytes of a log.</summary>
internal sealed class LogLines
{
    private readonly LineSplitter _splitter = new();
    private readonly LogQuery _query;
    private readonly TimeZoneInfo _zone;
    private List<LogLine> _taken = [];
    private DateTimeOffset? _at;
    private DateTimeOffset? _counts;

    /// <summary>Begins at the first line a cursor stands at.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="zone">Zone of times written without one.</param>
    /// <param name="before">What stands before the first line; lines without a time go by the last time in it.</param>
    public LogLines(LogQuery query, TimeZoneInfo zone, byte[] before)
    {
        _query = query;
        _zone = zone;
        new LineSplitter().Push(before, line => _at = LogTime.Read(line.Span, zone) ?? _at);
        _counts = _at;
    }

    /// <summary>The lines that these bytes complete.</summary>
    public List<LogLine> Take(ReadOnlySpan<byte> bytes)
    {
        _splitter.Push(bytes, Take);
        return Taken();
    }

    /// <summary>A last line without an end, if there is one.</summary>
    public List<LogLine> Finish()
    {
        _splitter.Finish(Take);
        return Taken();
    }

    /// <summary>From here on lines are as new as now, whether or not they say so.</summary>
    public void ReachedPresent(DateTimeOffset now) => _counts ??= now;

    private void Take(ReadOnlyMemory<byte> line)
    {
        if (LogTime.Read(line.Span, _zone) is { } at)
        {
            _at = at;
            _counts = at;
        }

        if (_query.Since is null || _counts >= _query.Since)
        {
            _taken.Add(new(_query.Service, _at, Encoding.UTF8.GetString(line.Span)));
        }
    }

    private List<LogLine> Taken()
    {
        var taken = _taken;
        _taken = [];
        return taken;
    }
}
