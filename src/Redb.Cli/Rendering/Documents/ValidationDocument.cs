using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Redb.Abstractions.Configuration;
using Redb.Configuration;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What is wrong with configuration files, as JSON.</summary>
internal sealed record ValidationDocument(
    bool Valid,
    ImmutableArray<Problem> Problems,
    ImmutableArray<EffectiveValue> Effective
)
{
    /// <inheritdoc cref="StatusDocument.CurrentVersion"/>
    [JsonPropertyOrder(-1)]
    public string ApiVersion { get; } = StatusDocument.CurrentVersion;
}
