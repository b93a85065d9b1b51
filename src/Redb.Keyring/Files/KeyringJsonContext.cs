using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Redb.Keyring.Files;

/// <summary>JSON without reflection.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class KeyringJsonContext : JsonSerializerContext;
