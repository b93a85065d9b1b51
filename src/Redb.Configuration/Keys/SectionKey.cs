using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Redb.Configuration.Keys;

/// <summary>A key that holds a section.</summary>
internal sealed class SectionKey(string name, Section section, string summary) : Key(name, summary)
{
    public Section Section => section;

    public override string Expectation => "a set of keys";

    public override string? DefaultText => null;

    public override ImmutableArray<Section> Sections => [section];

    public override JsonObject ToSchema() => new() { ["$ref"] = $"#/$defs/{section.Name}", ["description"] = Summary };
}
