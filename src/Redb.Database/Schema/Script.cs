using System.Reflection;

namespace Redb.Database.Schema;

/// <summary>The numbered scripts that are embedded in this assembly: each leads from one version to the next, and none is ever changed.</summary>
internal static class Script
{
    private const string Root = "Redb.Database.Migrations.";
    private const string Ending = ".sql";

    /// <summary>The scripts of one folder in their order.</summary>
    public static IReadOnlyList<(string Name, string Text)> In(string folder)
    {
        var prefix = $"{Root}{folder}.";
        return
        [
            .. Assembly
                .GetExecutingAssembly()
                .GetManifestResourceNames()
                .Where(name =>
                    name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
                .Select(name => (name[prefix.Length..^Ending.Length], Read(name))),
        ];
    }

    /// <summary>An embedded text beside the scripts.</summary>
    public static string Text(string path) => Read(Root + path);

    private static string Read(string resource)
    {
        using var text = new StreamReader(
            Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
                ?? throw new InvalidOperationException($"{resource} is not embedded.")
        );
        return text.ReadToEnd();
    }
}
