using System.Text.Json.Nodes;
using Redb.Configuration.Reading;
using Redb.Configuration.Yaml;

namespace Redb.Configuration.Shapes;

/// <summary>A value that may be left to another key.</summary>
internal sealed class OptionalShape<T>(Shape<T> inner) : Shape<T?>
    where T : struct
{
    public override string Expectation => inner.Expectation;

    public override bool TryRead(YamlNode node, string path, ReadContext context, out T? value)
    {
        var read = inner.TryRead(node, path, context, out var present);
        value = read ? present : null;
        return read;
    }

    public override string Show(T? value) => value is { } present ? inner.Show(present) : "";

    public override JsonNode? ToJson(T? value) => value is { } present ? inner.ToJson(present) : null;

    public override JsonObject ToSchema() => inner.ToSchema();
}
