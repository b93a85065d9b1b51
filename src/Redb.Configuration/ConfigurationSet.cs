using System.Collections.Immutable;
using Redb.Abstractions.Configuration;

namespace Redb.Configuration;

/// <summary>What came of reading the files of one supervisor, one group each.</summary>
/// <param name="Configurations">One per file, in the order given; empty when any problem is an error.</param>
/// <param name="Problems">Everything wrong with each file and with their being together.</param>
/// <param name="Files">The files one by one.</param>
public sealed record ConfigurationSet(
    ImmutableArray<RedbConfiguration> Configurations,
    ImmutableArray<Problem> Problems,
    ImmutableArray<ConfigurationResult> Files
);
