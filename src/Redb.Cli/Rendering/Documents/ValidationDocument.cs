using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Configuration;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What is wrong with configuration files, as JSON.</summary>
internal sealed record ValidationDocument(
    bool Valid,
    ImmutableArray<Problem> Problems,
    ImmutableArray<EffectiveValue> Effective
) : Document;
