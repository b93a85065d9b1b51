using System.Collections.Concurrent;
using System.Globalization;

namespace Redb.Silo.Hosting;

/// <summary>Writes log messages for a person who watches: time, level where it matters, message. One line each, on stderr.</summary>
internal sealed class ConsoleLines(TimeProvider time) : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, _ => new Lines(time));

    public void Dispose() => _loggers.Clear();

    private sealed class Lines(TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            var level = logLevel switch
            {
                LogLevel.Warning => "warning: ",
                LogLevel.Error or LogLevel.Critical => "error: ",
                _ => "",
            };
            var cause = exception is null ? "" : $": {exception.Message}";
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{time.GetLocalNow():HH:mm:ss.fff} {level}{formatter(state, exception)}{cause}"
                )
            );
        }
    }
}
