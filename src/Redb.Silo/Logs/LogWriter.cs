using System.ComponentModel;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Logs;

/// <summary>Appends lines that came over the network to log files, behind a queue so that no caller waits for a disk.</summary>
internal sealed partial class LogWriter : IAsyncDisposable
{
    private const byte LineEnd = (byte)'\n';

    private readonly Channel<(string File, byte[] Line)> _queue;
    private readonly Dictionary<string, (SafeFileHandle Handle, long Used)> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _lost = new(StringComparer.Ordinal);
    private readonly LogOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LogWriter> _logger;
    private readonly Task _loop;
    private long _uses;
    private long _dropped;
    private long _waiting;

    public LogWriter(IOptions<LogOptions> options, TimeProvider time, ILogger<LogWriter> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _queue = Channel.CreateBounded<(string, byte[])>(
            new BoundedChannelOptions(_options.WriteQueue) { SingleReader = true }
        );
        _loop = WriteAsync();
    }

    /// <summary>Appends a line, whose end is added, in one write; never waits.</summary>
    /// <returns>False when too many lines wait already: then this one is dropped.</returns>
    public bool Append(string file, string line) => Append(file, Encoding.UTF8.GetBytes(line));

    /// <inheritdoc cref="Append(string, string)"/>
    public bool Append(string file, ReadOnlySpan<byte> line)
    {
        var bytes = new byte[line.Length + 1];
        line.CopyTo(bytes);
        bytes[^1] = LineEnd;
        // Counted in bytes too: ten thousand lines may be anything from nothing to a gigabyte.
        if (
            Interlocked.Add(ref _waiting, bytes.Length) <= _options.WriteQueueBytes
            && _queue.Writer.TryWrite((file, bytes))
        )
        {
            return true;
        }

        Interlocked.Add(ref _waiting, -bytes.Length);
        Interlocked.Increment(ref _dropped);
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        try
        {
            await _loop.WaitAsync(_options.WritePatience, _time);
        }
        catch (TimeoutException)
        {
            LogUnwritten(_queue.Reader.Count);
        }
    }

    private async Task WriteAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (_queue.Reader.TryRead(out var entry))
            {
                Write(entry.File, entry.Line);
                Interlocked.Add(ref _waiting, -entry.Line.Length);
            }

            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
            {
                LogDropped(dropped);
            }
        }

        foreach (var (handle, _) in _open.Values)
        {
            handle.Dispose();
        }
    }

    private void Write(string file, byte[] line)
    {
        try
        {
            WriteAll(Open(file), line);
            if (_lost.Remove(file, out var lost))
            {
                LogLost(lost, file);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Win32Exception)
        {
            Lose(file, failure);
            Close(file);
        }
    }

    // Said once, and counted from then on: a full disk is not emptied by a warning for every line.
    private void Lose(string file, Exception failure)
    {
        var lost = _lost.GetValueOrDefault(file) + 1;
        _lost[file] = lost;
        if (lost == 1)
        {
            LogFailed(file, failure);
        }
    }

    private static unsafe void WriteAll(SafeFileHandle handle, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* pointer = bytes)
        {
            if (FileCalls.Write(handle, pointer, (nuint)bytes.Length) != bytes.Length)
            {
                throw new Win32Exception();
            }
        }
    }

    private SafeFileHandle Open(string file)
    {
        // A file that was deleted or moved away is made again.
        if (!_open.TryGetValue(file, out var entry) || !File.Exists(file))
        {
            Close(file);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            entry.Handle = FileCalls.OpenAppend(file);
            if (entry.Handle.IsInvalid)
            {
                throw new Win32Exception();
            }

            if (_open.Count >= _options.OpenFiles)
            {
                Close(_open.MinBy(pair => pair.Value.Used).Key);
            }
        }

        _open[file] = entry with { Used = ++_uses };
        return entry.Handle;
    }

    private void Close(string file)
    {
        if (_open.Remove(file, out var entry))
        {
            entry.Handle.Dispose();
        }
    }

    [LoggerMessage(40, LogLevel.Warning, "Streamed lines cannot be written to {File}.")]
    private partial void LogFailed(string file, Exception failure);

    [LoggerMessage(43, LogLevel.Warning, "{Count} streamed lines are missing in {File}, which can be written again.")]
    private partial void LogLost(long count, string file);

    [LoggerMessage(
        41,
        LogLevel.Warning,
        "{Count} streamed log lines were dropped: they came faster than they could be written."
    )]
    private partial void LogDropped(long count);

    [LoggerMessage(42, LogLevel.Warning, "{Count} streamed log lines were not written before the end.")]
    private partial void LogUnwritten(int count);
}
