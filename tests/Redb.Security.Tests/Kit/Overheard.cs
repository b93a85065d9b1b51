using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Redb.Security.Tests.Kit;

/// <summary>Keeps what a silo logs.</summary>
internal sealed class Overheard : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Ear(categoryName, Lines);

    public void Dispose() { }

    private sealed class Ear(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Enqueue($"{category}: {formatter(state, exception)} {exception?.Message}");
    }
}
