using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Redb.Abstractions.Services;

namespace Redb.Silo.Journal;

/// <summary>How values are written in the journal: exact, and legible in any SQLite tool.</summary>
internal static class JournalText
{
    /// <summary>UTC with 100 ns: <c>2026-01-31T12:00:00.0000000Z</c>.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    public static string? Of(DateTimeOffset? time) => time is { } known ? Of(known) : null;

    public static string? Of(TimeSpan? duration) => duration?.ToString("c", CultureInfo.InvariantCulture);

    public static string? Of(Registration? registration) =>
        registration is null ? null : JsonSerializer.Serialize(registration, JournalJson.Default.Registration);

    public static string? Of(ImmutableDictionary<string, string> settings) =>
        settings.IsEmpty
            ? null
            : JsonSerializer.Serialize(settings, JournalJson.Default.ImmutableDictionaryStringString);

    public static DateTimeOffset ToTime(string text) =>
        DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static TimeSpan ToDuration(string text) => TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture);

    public static Registration? ToRegistration(string text) =>
        JsonSerializer.Deserialize(text, JournalJson.Default.Registration);

    public static ImmutableDictionary<string, string> ToSettings(string text) =>
        JsonSerializer.Deserialize(text, JournalJson.Default.ImmutableDictionaryStringString)
        ?? ImmutableDictionary<string, string>.Empty;
}
