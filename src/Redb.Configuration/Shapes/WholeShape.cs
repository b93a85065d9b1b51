using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Shapes;

/// <summary>A whole number within limits, both included.</summary>
internal sealed class WholeShape<T>(T lowest, T highest) : ScalarShape<T>
    where T : struct, IBinaryInteger<T>
{
    public override string Expectation => $"a whole number from {lowest} to {highest}";

    public override bool TryParse(string text, bool plain, out T value, out string complaint)
    {
        complaint = "";
        if (
            !T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            || value < lowest
            || value > highest
        )
        {
            complaint = $"must be {Expectation}, was {Wording.Quote(text)}";
        }
        else if (!plain)
        {
            complaint = $"must be a number; write {value} without quotes";
        }

        return complaint.Length == 0;
    }

    public override string Show(T value) => value.ToString(null, CultureInfo.InvariantCulture);

    public override JsonNode? ToJson(T value) => long.CreateChecked(value);

    public override JsonObject ToSchema() =>
        new()
        {
            ["type"] = "integer",
            ["minimum"] = long.CreateChecked(lowest),
            ["maximum"] = long.CreateChecked(highest),
        };
}
