using System.Globalization;
using Redb.Protocol.Common;

namespace Redb.Hosting.Service.Logging;

/// <summary>The text form of a log entry that every reDB process prints.</summary>
internal static class ConsoleLine
{
    private const int NameWidth = 20;

    /// <summary><c>[2026-01-31 23:59:59.999] [core                ] [INFO] message</c>, time local, without colour.</summary>
    public static string Format(DateTimeOffset at, string name, LogLevel level, string message) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"[{at:yyyy-MM-dd HH:mm:ss.fff}] [{Fit(name)}] [{Text(level)}] {message}"
        );

    private static string Fit(string name) =>
        name.Length <= NameWidth ? name.PadRight(NameWidth) : string.Concat(name.AsSpan(0, NameWidth - 1), "…");

    private static string Text(LogLevel level) =>
        level switch
        {
            LogLevel.Debug => "DEBUG",
            LogLevel.Warn => "WARN",
            LogLevel.Error => "ERROR",
            LogLevel.Fatal => "FATAL",
            _ => "INFO",
        };
}
