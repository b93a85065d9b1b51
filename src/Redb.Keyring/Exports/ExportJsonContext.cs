using System.Text.Json.Serialization;

namespace Redb.Keyring.Exports;

/// <summary>JSON without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ExportDocument))]
[JsonSerializable(typeof(ExportedEntry[]))]
internal sealed partial class ExportJsonContext : JsonSerializerContext;
