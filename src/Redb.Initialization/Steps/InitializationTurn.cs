using System.Collections.Immutable;

namespace Redb.Initialization.Steps;

/// <summary>A new state, and what to do about it.</summary>
internal sealed record InitializationTurn(InitializationState State, ImmutableArray<InitializationEffect> Effects);
