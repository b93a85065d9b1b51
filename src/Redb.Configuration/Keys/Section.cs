using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Redb.Configuration.Keys;

/// <summary>A set of keys that may stand together.</summary>
internal sealed class Section(string name, ImmutableArray<Key> keys)
{
    /// <summary>Name of its definition in the schema.</summary>
    public string Name => name;

    public ImmutableArray<Key> Keys => keys;

    public IEnumerable<string> KeyNames => keys.Select(static key => key.Name);

    /// <summary>The sections that may stand directly below its keys.</summary>
    public IEnumerable<Section> Below => keys.SelectMany(static key => key.Sections);

    public JsonObject ToSchema()
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject(
                keys.Select(static key => KeyValuePair.Create(key.Name, (JsonNode?)key.ToSchema()))
            ),
        };
        if (keys.Any(static key => key.IsRequired))
        {
            schema["required"] = new JsonArray([
                .. keys.Where(static key => key.IsRequired).Select(static key => (JsonNode)key.Name),
            ]);
        }

        return schema;
    }
}
