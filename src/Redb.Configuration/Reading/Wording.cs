using System.Text;
using Redb.Configuration.Yaml;

namespace Redb.Configuration.Reading;

/// <summary>How text from a file appears in messages: short, on one line, without control characters.</summary>
internal static class Wording
{
    private const int MostCharacters = 80;

    /// <summary>The text in quotes.</summary>
    public static string Quote(string text) => $"\"{Clean(text)}\"";

    /// <summary>The text as a YAML value: in quotes only where it needs them.</summary>
    public static string Written(string text) => IsWord(text) ? text : Quote(text);

    /// <summary>The path of a key below another.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? Clean(key) : $"{path}.{Clean(key)}";

    public static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= MostCharacters)
            {
                return clean.Append("...").ToString();
            }

            if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0xFEFF or 0xFFFD)
            {
                clean.Append($"\\u{rune.Value:x4}");
            }
            else
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    /// <summary><c>a, b or c</c>.</summary>
    public static string Either(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";

    /// <summary>Whether YAML reads the text as itself: no number, no truth value, no punctuation that means something.</summary>
    private static bool IsWord(string text) =>
        text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '=' or '+' or '-' or ':')
        && !text.EndsWith(':')
        && (text.Any(char.IsAsciiLetter) || text.AsSpan().Count('.') > 1)
        && new YamlNode.Scalar(Place.None, text, plain: true).IsText;
}
