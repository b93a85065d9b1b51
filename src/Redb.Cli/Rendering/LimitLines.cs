using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Redb.Cli.Rendering;

/// <summary>The lines below the services that were asked for by name: what limits each of them, and what enforces it.</summary>
internal static class LimitLines
{
    /// <summary>One line for each service that has limits.</summary>
    public static ImmutableArray<IRenderable> Create(IEnumerable<GroupView> views) =>
        [
            .. views
                .SelectMany(view => view.Services)
                .Where(service => service.Limits.Length > 0)
                .Select(service => new Text(Printable.Line($"limits of {service.Name}: {service.Limits}"))),
        ];
}
