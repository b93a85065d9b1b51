using System.Text.Json.Nodes;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Shapes;

/// <summary>True or false, in each spelling the Go supervisor's reader takes.</summary>
internal sealed class FlagShape : ScalarShape<bool>
{
    public override string Expectation => "true or false";

    public override bool TryParse(string text, bool plain, out bool value, out string complaint)
    {
        complaint = "";
        value = text is "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y";
        if (
            !value
            && text
                is not ("false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N")
        )
        {
            complaint = $"must be true or false, was {Wording.Quote(text)}";
        }
        else if (!plain)
        {
            complaint = $"must be true or false; write {Show(value)} without quotes";
        }

        return complaint.Length == 0;
    }

    public override string Show(bool value) => value ? "true" : "false";

    public override JsonNode? ToJson(bool value) => value;

    public override JsonObject ToSchema() => new() { ["type"] = "boolean" };
}
