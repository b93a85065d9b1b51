using System.Text.Json.Serialization;

namespace Redb.Cli.Rendering.Documents;

/// <summary>Writes documents without reflection, which costs start-up time. Names are camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(OperationDocument))]
[JsonSerializable(typeof(LogDocument))]
[JsonSerializable(typeof(EventDocument))]
[JsonSerializable(typeof(VersionDocument))]
[JsonSerializable(typeof(CertificatesDocument))]
[JsonSerializable(typeof(ValidationDocument))]
[JsonSerializable(typeof(WhyDocument))]
[JsonSerializable(typeof(KeyringDocument))]
[JsonSerializable(typeof(SecretDocument))]
[JsonSerializable(typeof(TenantsDocument))]
[JsonSerializable(typeof(MeshNodesDocument))]
[JsonSerializable(typeof(MeshLinksDocument))]
internal sealed partial class DocumentJsonContext : JsonSerializerContext;
