using System.Text.Json.Serialization;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What redbctl prints as JSON. Fields are only ever added.</summary>
internal abstract record Document
{
    /// <summary>Version of every document redbctl prints.</summary>
    [JsonPropertyOrder(-1)]
    public string ApiVersion { get; } = "redb.supervisor/v1";
}
