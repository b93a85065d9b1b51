using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Cli.Rendering;

namespace Redb.Cli.Operations;

/// <summary>Explains the state of a service by what it depends on.</summary>
internal static class Diagnosis
{
    /// <summary>The service, and below it every dependency that is not ready, each once and right after who needs it.</summary>
    /// <param name="name">A service of the view.</param>
    /// <param name="view">Its group.</param>
    public static ImmutableArray<Link> Of(string name, GroupView view)
    {
        var byName = view.Services.ToDictionary(service => service.Name, StringComparer.Ordinal);
        var links = ImmutableArray.CreateBuilder<Link>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { name };
        Follow(name, neededBy: null, depth: 0);
        return links.ToImmutable();

        void Follow(string current, string? neededBy, int depth)
        {
            var service = byName[current];
            List<string> missing = service.Phase.IsReady()
                ? []
                :
                [
                    .. service.Dependencies.Where(one =>
                        byName.TryGetValue(one, out var needed) && !needed.Phase.IsReady()
                    ),
                ];
            links.Add(new(service, neededBy, depth, missing.Count == 0));
            foreach (var dependency in missing.Where(seen.Add))
            {
                Follow(dependency, current, depth + 1);
            }
        }
    }

    /// <summary>What to do about one of the roots.</summary>
    /// <param name="root">The root.</param>
    /// <param name="explained">Name of the service that is explained.</param>
    public static Remedy RemedyFor(Link root, string explained) =>
        root.Service switch
        {
            { Phase: ServicePhase.Stopped } => new(
                RemedyKind.Start,
                [.. new[] { root.Service.Name, explained }.Distinct(StringComparer.Ordinal)]
            ),
            { Phase: ServicePhase.Ready or ServicePhase.Disabled or ServicePhase.Pending } => new(
                RemedyKind.Status,
                []
            ),
            _ => new(RemedyKind.Logs, [root.Service.Name]),
        };
}
