namespace Redb.Initialization.Progress;

/// <summary>Where a step is, as the progress file says.</summary>
public enum StepStanding
{
    /// <summary>It was begun and perhaps not ended.</summary>
    Begun,

    /// <summary>It was found fulfilled.</summary>
    Done,
}
