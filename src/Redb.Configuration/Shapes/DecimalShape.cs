using System.Globalization;
using System.Text.Json.Nodes;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Shapes;

/// <summary>A number within limits, both included.</summary>
internal sealed class DecimalShape(double lowest, double highest) : ScalarShape<double>
{
    public override string Expectation => $"a number from {Show(lowest)} to {Show(highest)}";

    public override bool TryParse(string text, bool plain, out double value, out string complaint)
    {
        complaint = "";
        const NumberStyles Styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        // The comparison is also false for a NaN.
        if (
            !double.TryParse(text, Styles, CultureInfo.InvariantCulture, out value)
            || !(value >= lowest && value <= highest)
        )
        {
            complaint = $"must be {Expectation}, was {Wording.Quote(text)}";
        }
        else if (!plain)
        {
            complaint = $"must be a number; write {Show(value)} without quotes";
        }

        return complaint.Length == 0;
    }

    public override string Show(double value) => value.ToString(CultureInfo.InvariantCulture);

    public override JsonNode? ToJson(double value) => value;

    public override JsonObject ToSchema() =>
        new()
        {
            ["type"] = "number",
            ["minimum"] = lowest,
            ["maximum"] = highest,
        };
}
