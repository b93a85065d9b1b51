using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Redb.Configuration.Keys;
using Redb.Configuration.Reading;
using Redb.Configuration.Yaml;

namespace Redb.Configuration.Shapes;

/// <summary>A list of values of one shape.</summary>
/// <param name="item">The shape of each.</param>
/// <param name="items">What they are called, to follow "a list of".</param>
internal sealed class ListShape<T>(Shape<T> item, string items) : Shape<ImmutableArray<T>>
{
    // Far above any command line in use; keeps what is later done for each pair of items small.
    private const int Most = 256;

    public override string Expectation => $"a list of {items}";

    public override Section? LongForm => item.LongForm;

    public override bool TryRead(YamlNode node, string path, ReadContext context, out ImmutableArray<T> value)
    {
        value = [];
        if (node is not YamlNode.Sequence sequence)
        {
            context.Findings.Error(node.Place, path, $"must be {Expectation}, not {node.Description}");
            return false;
        }

        if (sequence.Items.Length > Most)
        {
            context.Findings.Error(
                node.Place,
                path,
                $"must not hold more than {Most} items, has {sequence.Items.Length}"
            );
            return false;
        }

        var read = ImmutableArray.CreateBuilder<T>(sequence.Items.Length);
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            var itemPath = $"{path}[{i}]";
            context.Remember(itemPath, sequence.Items[i].Place);
            if (item.TryRead(sequence.Items[i], itemPath, context, out var element))
            {
                read.Add(element);
            }
        }

        value = read.ToImmutable();
        return read.Count == sequence.Items.Length;
    }

    public override string Show(ImmutableArray<T> value) =>
        // An argument may be the value of the one before it.
        value is ImmutableArray<string> texts
            ? $"[{string.Join(", ", texts.Select((text, i) => Secrets.ShowArgument(i == 0 ? "" : texts[i - 1], text)))}]"
            : $"[{string.Join(", ", value.Select(item.Show))}]";

    public override JsonNode? ToJson(ImmutableArray<T> value) => new JsonArray([.. value.Select(item.ToJson)]);

    public override JsonObject ToSchema() =>
        new()
        {
            ["type"] = "array",
            ["maxItems"] = Most,
            ["items"] = item.ToSchema(),
        };
}
