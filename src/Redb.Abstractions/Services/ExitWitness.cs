namespace Redb.Abstractions.Services;

/// <summary>Who saw a run end. Values are serialized: append only.</summary>
public enum ExitWitness
{
    /// <summary>A supervisor, at that moment.</summary>
    Supervisor = 0,

    /// <summary>Nobody: it happened between two supervisors, and was found later.</summary>
    Nobody = 1,

    /// <summary>Nobody, because the whole machine was restarted.</summary>
    NobodyAfterBoot = 2,
}
