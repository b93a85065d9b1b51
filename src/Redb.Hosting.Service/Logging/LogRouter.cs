using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using Redb.Hosting.Service.Lifecycle;
using Redb.Protocol.Common;

namespace Redb.Hosting.Service.Logging;

/// <summary>
/// Sends every log line to exactly one place: standard output, or the log stream while that is open. What a broken stream
/// leaves behind goes to standard output.
/// </summary>
internal sealed class LogRouter
{
    private readonly Lock _routing = new();
    private readonly Channel<LogEntry> _entries;
    private readonly ServiceIdentity _identity;
    private readonly TimeProvider _time;
    private readonly TextWriter _console;
    private bool _streaming;
    private long _dropped;

    public LogRouter(
        IOptions<ReDbServiceOptions> options,
        ServiceIdentity identity,
        TimeProvider time,
        TextWriter? console = null
    )
    {
        _identity = identity;
        _time = time;
        _console = console ?? Console.Out;
        _entries = Channel.CreateBounded<LogEntry>(options.Value.LogBufferEntries);
    }

    /// <summary>What waits for the stream.</summary>
    public ChannelReader<LogEntry> Entries => _entries.Reader;

    /// <summary>Entries lost because the stream could not keep up.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Write(LogLevel level, string message)
    {
        var entry = NewEntry(level, message);
        lock (_routing)
        {
            if (!_streaming)
            {
                Print(entry);
            }
            else if (!_entries.Writer.TryWrite(entry))
            {
                Interlocked.Increment(ref _dropped);
            }
        }
    }

    public LogEntry NewEntry(LogLevel level, string message) =>
        new()
        {
            Timestamp = _time.GetUtcNow().ToTimestamp(),
            Level = level,
            Message = message,
            Service = _identity.ToLogSource(),
        };

    public void StartStreaming()
    {
        lock (_routing)
        {
            _streaming = true;
        }
    }

    /// <summary>Prints an entry that the stream failed on: the supervisor may have it or not, and twice is better than never.</summary>
    public void TakeBack(LogEntry entry)
    {
        lock (_routing)
        {
            Print(entry);
        }
    }

    public void StopStreaming()
    {
        lock (_routing)
        {
            _streaming = false;
            while (_entries.Reader.TryRead(out var entry))
            {
                Print(entry);
            }
        }
    }

    private void Print(LogEntry entry)
    {
        var at = TimeZoneInfo.ConvertTime(entry.Timestamp.ToDateTimeOffset(), _time.LocalTimeZone);
        _console.WriteLine(ConsoleLine.Format(at, _identity.Name, entry.Level, entry.Message));
    }
}
