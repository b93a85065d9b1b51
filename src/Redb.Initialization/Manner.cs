namespace Redb.Initialization;

/// <summary>How an initialization is gone about.</summary>
public enum Manner
{
    /// <summary>Whoever sits at the terminal sees the plan, is asked what is not known, and says yes.</summary>
    Ask,

    /// <summary>Nobody is asked anything, and standard input is never read.</summary>
    Silent,

    /// <summary>It is only said what would be done.</summary>
    Plan,
}
