using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Google.Protobuf.WellKnownTypes;
using Redb.Grains.Planning;
using Redb.Protocol.Common;
using Redb.Silo.Logs;

namespace Redb.Silo.Supervisor;

/// <summary>Writes streamed log entries into the log file of the service they come from, beside what it prints itself.</summary>
internal sealed class LogIntake(SupervisorEndpoint endpoint, LogWriter writer, TimeProvider time)
{
    /// <summary>Longest message kept, in characters; the rest is cut off and said so.</summary>
    public const int MaxMessage = 64 * 1024;

    // Room for a message and as much in fields.
    private const int MaxLine = 2 * MaxMessage;

    /// <summary>Takes one entry. An entry of nobody we know is dropped: there is no file to write it to.</summary>
    public void Take(GroupPlan group, LogEntry entry)
    {
        if (entry.Service is { } service && endpoint.FindPlan(group, service.Name) is { } plan)
        {
            writer.Append(plan.Order.LogFile, Format(entry, service.Name));
        }
    }

    // Contract 8.4, in local time.
    private string Format(LogEntry entry, string name)
    {
        var at = IsTime(entry.Timestamp) ? entry.Timestamp.ToDateTimeOffset() : time.GetUtcNow();
        var local = TimeZoneInfo.ConvertTime(at, time.LocalTimeZone);
        var line = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"[{local:yyyy-MM-dd HH:mm:ss.fff}] [{name}] [{Level(entry.Level)}] ")
            .Append(OneLine(entry.Message));
        foreach (var (key, value) in entry.Fields.TakeWhile(_ => line.Length <= MaxLine))
        {
            line.Append(CultureInfo.InvariantCulture, $" {OneLine(key)}={OneLine(value)}");
        }

        return line.Length <= MaxLine
            ? line.ToString()
            : line.ToString(0, MaxLine) + $"... (more than {MaxLine} characters, the rest cut off)";
    }

    // A time outside the years 1 to 9999 is no reason to lose the line, let alone the stream (fault 28).
    private static bool IsTime([NotNullWhen(true)] Timestamp? stamp) =>
        stamp is { Nanos: >= 0 and < 1_000_000_000 }
        && stamp.Seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds()
        && stamp.Seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private static string Level(Protocol.Common.LogLevel level) =>
        level switch
        {
            Protocol.Common.LogLevel.Debug => "DEBUG",
            Protocol.Common.LogLevel.Warn => "WARN",
            Protocol.Common.LogLevel.Error => "ERROR",
            Protocol.Common.LogLevel.Fatal => "FATAL",
            _ => "INFO",
        };

    private static string OneLine(string text)
    {
        var cut =
            text.Length <= MaxMessage
                ? text
                : $"{text[..MaxMessage]}... ({text.Length - MaxMessage} characters cut off)";
        return cut.AsSpan().ContainsAny('\r', '\n') ? cut.ReplaceLineEndings("\\n") : cut;
    }
}
