namespace Redb.Initialization.Start;

/// <summary>What a start does about the database of a group.</summary>
public enum StartDecision
{
    /// <summary>Nothing: no service of the group needs one.</summary>
    Run,

    /// <summary>See that it is there and complete, and refuse the start when it is not.</summary>
    Validate,

    /// <summary>Initialize, asking nobody.</summary>
    Initialize,
}
