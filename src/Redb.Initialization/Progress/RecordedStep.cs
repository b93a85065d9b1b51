namespace Redb.Initialization.Progress;

/// <summary>A step in the progress file.</summary>
/// <param name="Name">The step.</param>
/// <param name="Standing">Where it is.</param>
/// <param name="At">Since when.</param>
/// <param name="Note">What was to be done, or what was found, for people.</param>
public sealed record RecordedStep(string Name, StepStanding Standing, DateTimeOffset At, string Note);
