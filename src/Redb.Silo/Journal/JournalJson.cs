using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Redb.Abstractions.Services;

namespace Redb.Silo.Journal;

/// <summary>The JSON in the journal's columns.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Registration))]
[JsonSerializable(typeof(ImmutableDictionary<string, string>))]
internal sealed partial class JournalJson : JsonSerializerContext;
