namespace Redb.Initialization.Interview;

/// <summary>Where somebody may sit who can be asked.</summary>
public interface ITerminal
{
    /// <summary>Whether somebody sits there.</summary>
    bool IsInteractive { get; }

    /// <summary>Shows a line.</summary>
    void Say(string text);

    /// <summary>Asks for one line; null when there is no answer and will be none.</summary>
    /// <param name="prompt">The question.</param>
    /// <param name="isSecret">Whether what is typed is not shown.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<string?> AskAsync(string prompt, bool isSecret, CancellationToken cancellationToken);
}
