namespace Redb.Cli.Rendering.Documents;

/// <summary>One line of a log, as JSON.</summary>
internal sealed record LogDocument(string Host, string Group, string Service, DateTimeOffset? At, string Text)
    : Document;
