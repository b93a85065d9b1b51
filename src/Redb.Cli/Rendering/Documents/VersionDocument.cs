namespace Redb.Cli.Rendering.Documents;

/// <summary>Versions of both sides, as JSON; the supervisor's is null when none answers.</summary>
internal sealed record VersionDocument(string Client, string? Supervisor) : Document;
