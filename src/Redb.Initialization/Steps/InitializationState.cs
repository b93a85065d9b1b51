namespace Redb.Initialization.Steps;

/// <summary>Where an initialization is.</summary>
/// <param name="Count">How many steps there are.</param>
/// <param name="IsPlan">Whether it only says what it would do.</param>
/// <param name="Current">The step at hand, from 0.</param>
/// <param name="HasPerformed">Whether the step at hand was done in this run, so that the next look must find it fulfilled.</param>
internal sealed record InitializationState(int Count, bool IsPlan, int Current = 0, bool HasPerformed = false);
