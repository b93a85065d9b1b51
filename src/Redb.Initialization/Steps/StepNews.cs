namespace Redb.Initialization.Steps;

/// <summary>What is told about a step.</summary>
internal enum StepNews
{
    /// <summary>It was so before.</summary>
    AlreadySo,

    /// <summary>It is being done.</summary>
    Doing,

    /// <summary>It was done.</summary>
    Done,

    /// <summary>It would be done.</summary>
    Planned,

    /// <summary>It failed.</summary>
    Failed,
}
