using System.Globalization;

namespace Redb.Silo.Hosting;

/// <summary>Writes log messages for a person who watches: time, level where it matters, message. One line each, on stderr.</summary>
internal sealed class ConsoleLines(TimeProvider time) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new LineLogger(Write);

    public void Dispose() { }

    private void Write(LogLevel level, string text)
    {
        var word = level switch
        {
            LogLevel.Warning => "warning: ",
            LogLevel.Error or LogLevel.Critical => "error: ",
            _ => "",
        };
        Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{time.GetLocalNow():HH:mm:ss.fff} {word}{text}")
        );
    }
}
