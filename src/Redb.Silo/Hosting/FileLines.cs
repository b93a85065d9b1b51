using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Redb.Silo.Logs;

namespace Redb.Silo.Hosting;

/// <summary>Writes log messages into the supervisor's own file, in the form of the services' lines (contract 8.4).</summary>
internal sealed class FileLines(string file, TimeProvider time) : ILoggerProvider, IAsyncDisposable
{
    // A writer of its own, without a logger: one that logs its troubles here would never come to an end.
    private readonly LogWriter _writer = new(Options.Create(new LogOptions()), time, NullLogger<LogWriter>.Instance);

    public string File => file;

    public ILogger CreateLogger(string categoryName) => new LineLogger(Write);

    /// <summary>Appends one entry; never waits for the disk.</summary>
    public void Write(LogLevel level, string text)
    {
        var name = level switch
        {
            LogLevel.Trace or LogLevel.Debug => "DEBUG",
            LogLevel.Warning => "WARN",
            LogLevel.Error or LogLevel.Critical => "ERROR",
            _ => "INFO",
        };
        _writer.Append(
            file,
            string.Create(
                CultureInfo.InvariantCulture,
                $"[{time.GetLocalNow():yyyy-MM-dd HH:mm:ss.fff}] [supervisor] [{name}] {text.ReplaceLineEndings("\\n")}"
            )
        );
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    // The queue is written to its end by DisposeAsync, which the owner calls.
    public void Dispose() { }
}
