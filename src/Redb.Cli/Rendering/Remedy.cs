using System.Collections.Immutable;

namespace Redb.Cli.Rendering;

/// <summary>A command to run next.</summary>
/// <param name="Kind">Its verb.</param>
/// <param name="Services">The services it is about.</param>
internal sealed record Remedy(RemedyKind Kind, ImmutableArray<string> Services)
{
    /// <summary>The same with a prefix such as <c>group/</c> before the name of every service.</summary>
    public Remedy Within(string prefix) => this with { Services = [.. Services.Select(name => prefix + name)] };

    /// <summary>One command for several remedies: the most useful verb with all that it is good for.</summary>
    /// <param name="remedies">At least one.</param>
    /// <param name="group">The group that was chosen with <c>-g</c>, and has to be again; null for none.</param>
    public static string Join(IReadOnlyCollection<Remedy> remedies, string? group)
    {
        var choice = group is null ? "" : $" -g {group}";
        var kind = remedies.Min(remedy => remedy.Kind);
        var services = remedies
            .Where(remedy => remedy.Kind == kind)
            .SelectMany(remedy => remedy.Services)
            .Distinct(StringComparer.Ordinal);
        var verb = kind.ToString().ToLowerInvariant();
        return kind is RemedyKind.Events or RemedyKind.Status
            ? $"redbctl {verb}{choice}"
            : $"redbctl {verb} {string.Join(' ', services)}{choice}";
    }
}
