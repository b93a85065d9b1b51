namespace Redb.Cli.Rendering;

/// <summary>How log lines look.</summary>
/// <param name="HasTimestamps">Whether the time is written in full (RFC 3339).</param>
/// <param name="HasPrefix">Whether time and service stand before the line.</param>
/// <param name="NameWidth">Width of the longest service name.</param>
/// <param name="IsColoured">Whether services have colours.</param>
internal sealed record LogStyle(bool HasTimestamps, bool HasPrefix, int NameWidth, bool IsColoured);
