using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What <c>status -o json</c> prints. Fields are only ever added.</summary>
internal sealed record StatusDocument(ImmutableArray<GroupDocument> Groups)
{
    /// <summary>Version of every document redbctl prints.</summary>
    public const string CurrentVersion = "redb.supervisor/v1";

    /// <inheritdoc cref="CurrentVersion"/>
    [JsonPropertyOrder(-1)]
    public string ApiVersion { get; } = CurrentVersion;
}
