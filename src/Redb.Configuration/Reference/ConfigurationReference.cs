using System.Text;
using Redb.Configuration.Keys;

namespace Redb.Configuration.Reference;

/// <summary>The reference of every key for people, made from the keys the reader knows.</summary>
public static class ConfigurationReference
{
    /// <summary>The reference as a Markdown file.</summary>
    public static string ToText()
    {
        var text = new StringBuilder();
        text.Append("# Configuration reference\n\n");
        text.Append(
            "Precedence: command line, environment, file, default. Durations have units: `300ms`, `10s`, `1m30s`.\n"
        );
        Append(text, RootSection.Section, "");
        return text.ToString();
    }

    private static void Append(StringBuilder text, Section section, string path)
    {
        var values = section.Keys.Where(static key => key is not (SectionKey or NamedSectionsKey)).ToList();
        if (values.Count > 0)
        {
            text.Append(
                $"\n## {path}\n\n| key | meaning | value | default | overridden by |\n| --- | --- | --- | --- | --- |\n"
            );
        }

        foreach (var key in values)
        {
            var fallback =
                key.IsRequired ? "required"
                : key.DefaultText is "" or null ? ""
                : $"`{key.DefaultText}`";
            var overridden = string.Join(
                ", ",
                new[] { key.Flag, key.Variable }.OfType<string>().Select(static name => $"`{name}`")
            );
            text.Append(
                $"| `{key.Name}` | {Escape(key.Summary)} | {Escape(key.Expectation)} | {Escape(fallback)} | {overridden} |\n"
            );
        }

        foreach (var key in section.Keys)
        {
            foreach (var below in key.Sections)
            {
                Append(text, below, $"{(path.Length == 0 ? "" : path + ".")}{key.Name}{key.PathSuffix}");
            }
        }
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
