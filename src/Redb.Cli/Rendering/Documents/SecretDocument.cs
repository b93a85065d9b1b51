using System.Text.Json.Serialization;

namespace Redb.Cli.Rendering.Documents;

/// <summary>A secret that was asked for, as JSON.</summary>
internal sealed record SecretDocument(string Service, string User, string Secret)
{
    /// <inheritdoc cref="StatusDocument.CurrentVersion"/>
    [JsonPropertyOrder(-1)]
    public string ApiVersion { get; } = StatusDocument.CurrentVersion;

    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => $"{Service}:{User}";
}
