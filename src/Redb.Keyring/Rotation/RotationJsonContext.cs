using System.Text.Json.Serialization;

namespace Redb.Keyring.Rotation;

/// <summary>JSON without reflection.</summary>
[JsonSerializable(typeof(RotationRecord))]
internal sealed partial class RotationJsonContext : JsonSerializerContext;
