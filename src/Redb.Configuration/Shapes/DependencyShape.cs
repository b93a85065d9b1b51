using System.Text.Json.Nodes;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Services;
using Redb.Configuration.Keys;
using Redb.Configuration.Reading;
using Redb.Configuration.Yaml;

namespace Redb.Configuration.Shapes;

/// <summary>A dependency: the name of a service, or a section with its name and more.</summary>
internal sealed class DependencyShape : Shape<DependencyConfiguration>
{
    public override string Expectation => "the name of a service, or a set of the keys service and on_lost";

    public override Section? LongForm => DependencySection.Section;

    public override bool TryRead(YamlNode node, string path, ReadContext context, out DependencyConfiguration value)
    {
        value = new("");
        if (node is YamlNode.Sequence)
        {
            context.Findings.Error(node.Place, path, $"must be {Expectation}, not {node.Description}");
            return false;
        }

        if (node is YamlNode.Mapping)
        {
            value = DependencySection.Read(new(context, DependencySection.Section, node, path, isShown: false));
        }
        else if (ServiceSection.Names.TryRead(node, path, context, out var name))
        {
            value = new(name);
        }

        return value.Service.Length > 0;
    }

    public override string Show(DependencyConfiguration value) =>
        value.OnLost == OnLost.Ignore
            ? value.Service
            : $"{{service: {value.Service}, on_lost: {DependencySection.OnLost.Shape.Show(value.OnLost)}}}";

    public override JsonNode? ToJson(DependencyConfiguration value) => value.Service;

    public override JsonObject ToSchema() =>
        new()
        {
            ["oneOf"] = new JsonArray(
                ServiceSection.Names.ToSchema(),
                new JsonObject { ["$ref"] = $"#/$defs/{DependencySection.Section.Name}" }
            ),
        };
}
