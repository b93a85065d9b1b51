namespace Redb.Initialization;

/// <summary>What kept an initialization from going on; decides the exit code.</summary>
public enum FailureKind
{
    /// <summary>It was tried and failed.</summary>
    Failed,

    /// <summary>Something has to be said that nobody could be asked.</summary>
    Unanswered,

    /// <summary>Somebody else is at it, or what is there belongs to somebody else.</summary>
    Conflict,

    /// <summary>A password was refused, or a right is missing.</summary>
    Refused,

    /// <summary>PostgreSQL does not answer.</summary>
    Unavailable,

    /// <summary>The time for it is over.</summary>
    TimedOut,

    /// <summary>Whoever was asked said no.</summary>
    Declined,

    /// <summary>Ended by a signal; what is done is done.</summary>
    Interrupted,
}
