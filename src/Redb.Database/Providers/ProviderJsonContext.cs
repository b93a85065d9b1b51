using System.Text.Json.Serialization;

namespace Redb.Database.Providers;

/// <summary>How a <see cref="ProviderRecord"/> is written. The node's id is a text: JSON has no numbers of 64 bits.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString
)]
[JsonSerializable(typeof(ProviderRecord))]
internal sealed partial class ProviderJsonContext : JsonSerializerContext;
