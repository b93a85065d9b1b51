using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Shapes;

/// <summary>One of a few words.</summary>
/// <param name="choices">The words; of two with the same value the first is the one shown.</param>
internal sealed class ChoiceShape<T>(ImmutableArray<(string Word, T Value)> choices) : ScalarShape<T>
    where T : notnull
{
    public override string Expectation => Wording.Either([.. choices.Select(static choice => choice.Word)]);

    public override bool TryParse(string text, bool plain, out T value, out string complaint)
    {
        foreach (var choice in choices)
        {
            if (string.Equals(choice.Word, text, StringComparison.Ordinal))
            {
                value = choice.Value;
                complaint = "";
                return true;
            }
        }

        value = default!;
        var suggestion = NearestName.Suggest(text, choices.Select(static choice => choice.Word));
        complaint = $"must be {Expectation}, was {Wording.Quote(text)}{suggestion}";
        return false;
    }

    public override string Show(T value) => choices.First(choice => choice.Value.Equals(value)).Word;

    public override JsonNode? ToJson(T value) => Show(value);

    public override JsonObject ToSchema() =>
        new() { ["enum"] = new JsonArray([.. choices.Select(static choice => (JsonNode)choice.Word)]) };
}
