namespace Redb.Cli.Rendering.Documents;

/// <summary>How a run ended, in a document.</summary>
internal sealed record ExitDocument(int? Code, int? Signal, DateTimeOffset At, string Text);
