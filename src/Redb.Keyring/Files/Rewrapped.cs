using System.Collections.Immutable;

namespace Redb.Keyring.Files;

/// <summary>What came of sealing the entries of a file anew.</summary>
/// <param name="Count">How many were sealed anew now.</param>
/// <param name="Foreign">Those that open with neither password and stay as they are.</param>
internal sealed record Rewrapped(int Count, ImmutableArray<EntryName> Foreign);
