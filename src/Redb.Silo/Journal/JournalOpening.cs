namespace Redb.Silo.Journal;

/// <summary>What became of an attempt to open a journal.</summary>
internal abstract record JournalOpening
{
    private JournalOpening() { }

    /// <summary>It is open.</summary>
    /// <param name="File">The file; the receiver owns it.</param>
    /// <param name="Recalled">What stood in it.</param>
    /// <param name="Note">What people should know about it, such as that it was begun anew; empty for nothing.</param>
    public sealed record Opened(JournalFile File, Recalled Recalled, string Note) : JournalOpening;

    /// <summary>It cannot be used now.</summary>
    /// <param name="Cause">A sentence for people.</param>
    public sealed record Unusable(string Cause) : JournalOpening;

    /// <summary>It is not to be used: somebody has to decide something first.</summary>
    /// <param name="Cause">What is the matter, and what to do.</param>
    public sealed record Refused(string Cause) : JournalOpening;
}
