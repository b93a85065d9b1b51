using System.Text.Json.Serialization;
using Redb.Abstractions.Supervision;

namespace Redb.Silo.Hosting;

/// <summary>Writes address files without reflection: no service starts before the file is there.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SupervisorAddress))]
internal sealed partial class AddressJsonContext : JsonSerializerContext;
