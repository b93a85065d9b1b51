using System.Text.Json.Serialization;

namespace Redb.Initialization.Progress;

/// <summary>The progress file as JSON.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(NodeRecord))]
internal sealed partial class ProgressJsonContext : JsonSerializerContext;
