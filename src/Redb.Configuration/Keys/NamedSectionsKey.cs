using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>A key that holds sections under names its author chooses.</summary>
internal sealed class NamedSectionsKey(string name, TextShape names, int most, Section section, string summary)
    : Key(name, summary)
{
    public Section Section => section;

    public TextShape Names => names;

    /// <summary>Most sections it may hold.</summary>
    public int Most => most;

    public override string Expectation => "a set of names";

    public override string? DefaultText => null;

    public override ImmutableArray<Section> Sections => [section];

    public override string PathSuffix => ".NAME";

    public override JsonObject ToSchema() =>
        new()
        {
            ["type"] = "object",
            ["description"] = Summary,
            ["maxProperties"] = most,
            ["propertyNames"] = names.ToSchema(),
            ["additionalProperties"] = new JsonObject { ["$ref"] = $"#/$defs/{section.Name}" },
        };
}
