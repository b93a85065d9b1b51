namespace Redb.Initialization.Interview;

/// <summary>For runs in which nobody is asked: standard input is never read.</summary>
internal sealed class NoTerminal : ITerminal
{
    public bool IsInteractive => false;

    public void Say(string text) { }

    public Task<string?> AskAsync(string prompt, bool isSecret, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Nobody may be asked.");
}
