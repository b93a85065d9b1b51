using System.Text.Json.Serialization;
using Redb.Abstractions.Supervision;

namespace Redb.Cli.Clients;

/// <summary>Reads address files without reflection, which costs start-up time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SupervisorAddress))]
internal sealed partial class AddressJsonContext : JsonSerializerContext;
