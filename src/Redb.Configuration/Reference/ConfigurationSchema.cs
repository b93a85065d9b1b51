using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Redb.Configuration.Keys;

namespace Redb.Configuration.Reference;

/// <summary>JSON Schema (draft 2020-12) of the configuration file, made from the keys the reader knows.</summary>
public static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        // The schema is a file of its own, never part of a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as the text of a file.</summary>
    public static string ToText()
    {
        var definitions = new SortedDictionary<string, Section>(StringComparer.Ordinal);
        Collect(RootSection.Section, definitions);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "reDB instance group",
        };
        foreach (var (key, value) in RootSection.Section.ToSchema())
        {
            schema[key] = value?.DeepClone();
        }

        schema["$defs"] = new JsonObject(
            definitions.Select(static entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value.ToSchema()))
        );
        return schema.ToJsonString(Indented) + "\n";
    }

    private static void Collect(Section section, SortedDictionary<string, Section> definitions)
    {
        foreach (var below in section.Below.Where(below => definitions.TryAdd(below.Name, below)))
        {
            Collect(below, definitions);
        }
    }
}
