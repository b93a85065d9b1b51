using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Redb.Configuration.Reading;
using Redb.Configuration.Yaml;

namespace Redb.Configuration.Shapes;

/// <summary>Names with text values; an empty value is empty text.</summary>
internal sealed class TextMapShape(TextShape names) : Shape<ImmutableDictionary<string, string>>
{
    public override string Expectation => "a set of names with text values";

    public override bool TryRead(
        YamlNode node,
        string path,
        ReadContext context,
        out ImmutableDictionary<string, string> value
    )
    {
        value = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);
        if (node is not YamlNode.Mapping mapping)
        {
            context.Findings.Error(node.Place, path, $"must be {Expectation}, not {node.Description}");
            return false;
        }

        var read = value.ToBuilder();
        foreach (var (name, written) in mapping.Entries)
        {
            ReadEntry(name, written, Wording.Join(path, name.Text), context, read);
        }

        value = read.ToImmutable();
        return true;
    }

    public override string Show(ImmutableDictionary<string, string> value) =>
        $"{{{string.Join(", ", value.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(static entry => $"{Wording.Written(entry.Key)}: {Secrets.ShowEntry(entry.Key, entry.Value)}"))}}}";

    public override JsonNode? ToJson(ImmutableDictionary<string, string> value) =>
        new JsonObject(value.Select(static entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));

    public override JsonObject ToSchema() =>
        new()
        {
            ["type"] = "object",
            ["propertyNames"] = names.ToSchema(),
            ["additionalProperties"] = new JsonObject
            {
                ["type"] = new JsonArray("string", "number", "boolean", "null"),
            },
        };

    private void ReadEntry(
        YamlNode.Scalar name,
        YamlNode node,
        string path,
        ReadContext context,
        ImmutableDictionary<string, string>.Builder read
    )
    {
        if (!names.TryParse(name.Text, plain: true, out _, out var complaint))
        {
            context.Findings.Error(name.Place, path, complaint);
        }
        else if (!read.TryAdd(name.Text, ReadText(node, path, context)))
        {
            var first = context.PlaceOf(path).Line;
            context.Findings.Error(name.Place, path, $"is written twice; the first is in line {first}");
        }
        else
        {
            context.Remember(path, node.Place);
            if (node is YamlNode.Scalar { IsText: false })
            {
                context.Untexted.Add(path);
            }
        }
    }

    private static string ReadText(YamlNode node, string path, ReadContext context)
    {
        if (node.IsNull)
        {
            return "";
        }

        return TextShape.Any.TryRead(node, path, context, out var text) ? text : "";
    }
}
