using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Shapes;

/// <summary>Text; numbers and truth values in the file count as the text they are written with.</summary>
internal sealed partial class TextShape : ScalarShape<string>
{
    /// <summary>Longest match of a pattern, in milliseconds. Patterns are generated, not built at each start, and take time linear in the text.</summary>
    public const int PatternTimeout = 1000;

    // Linux refuses longer paths, and no other text in a configuration comes near it.
    private const int MostCharacters = 4096;

    /// <summary>Any text.</summary>
    public static TextShape Any { get; } = new() { Words = "text" };

    /// <summary>Any text but the empty one.</summary>
    public static TextShape NotEmpty { get; } = new() { Words = "text that is not empty", Pattern = Something() };

    /// <summary>A numeric IP address.</summary>
    public static TextShape Address { get; } =
        new() { Words = "a numeric IP address such as 127.0.0.1 or ::1", IsLegal = IsAddress };

    /// <summary>What is expected.</summary>
    public required string Words { get; init; }

    /// <summary>What it must match; written so that JSON Schema understands it.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>A check that no pattern can express.</summary>
    public Func<string, bool>? IsLegal { get; init; }

    public override string Expectation => Words;

    public override bool TryParse(string text, bool plain, out string value, out string complaint)
    {
        value = text;
        complaint =
            text.Contains('\0', StringComparison.Ordinal) ? "must not contain a NUL character"
            : text.Length > MostCharacters ? $"must not be longer than {MostCharacters} characters, was {text.Length}"
            : Pattern?.IsMatch(text) == false || IsLegal?.Invoke(text) == false
                ? $"must be {Words}, was {Wording.Quote(text)}"
            : "";
        return complaint.Length == 0;
    }

    public override string Show(string value) => Wording.Written(value);

    public override JsonNode? ToJson(string value) => value;

    public override JsonObject ToSchema()
    {
        var schema = new JsonObject { ["type"] = "string", ["maxLength"] = MostCharacters };
        if (Pattern is not null)
        {
            schema["pattern"] = Pattern.ToString();
        }

        return schema;
    }

    // IPAddress reads "1" as 0.0.0.1, which nobody means.
    private static bool IsAddress(string text) =>
        System.Net.IPAddress.TryParse(text, out _)
        && (text.Contains(':', StringComparison.Ordinal) || text.AsSpan().Count('.') == 3);

    [GeneratedRegex(".", RegexOptions.Singleline, PatternTimeout)]
    private static partial Regex Something();
}
