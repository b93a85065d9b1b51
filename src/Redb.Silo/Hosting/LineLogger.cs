namespace Redb.Silo.Hosting;

/// <summary>Turns a log message into one piece of text: the message and, where there is one, what the exception says.</summary>
/// <param name="write">Where it goes.</param>
internal sealed class LineLogger(Action<LogLevel, string> write) : ILogger
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
    ) =>
        write(
            logLevel,
            exception is null ? formatter(state, null) : $"{formatter(state, exception)}: {exception.Message}"
        );
}
