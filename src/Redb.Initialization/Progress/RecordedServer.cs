namespace Redb.Initialization.Progress;

/// <summary>Where the PostgreSQL server was when the node was initialized: perhaps only somebody at a terminal or a variable of that day said so.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
public sealed record RecordedServer(string Host, int Port);
