using Microsoft.Extensions.Logging;
using Level = Redb.Protocol.Common.LogLevel;

namespace Redb.Hosting.Service.Logging;

/// <summary>Turns a .NET log call into a line of a reDB service.</summary>
internal sealed class ServiceLogger(LogRouter router) : ILogger
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
        if (IsEnabled(logLevel))
        {
            var message = formatter(state, exception);
            router.Write(ToLevel(logLevel), exception is null ? message : $"{message} {exception}");
        }
    }

    private static Level ToLevel(LogLevel level) =>
        level switch
        {
            LogLevel.Trace or LogLevel.Debug => Level.Debug,
            LogLevel.Warning => Level.Warn,
            LogLevel.Error => Level.Error,
            LogLevel.Critical => Level.Fatal,
            _ => Level.Info,
        };
}
