using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Rules;

/// <summary>Dependencies lead to services that take part, and never back.</summary>
internal static class DependencyRules
{
    public static void Check(RedbConfiguration configuration, ReadContext context)
    {
        var services = configuration.Services.ToDictionary(static service => service.Name, StringComparer.Ordinal);
        foreach (var service in configuration.Services)
        {
            CheckNames(service, services, context);
        }

        var search = new CycleSearch(services);
        foreach (var cycle in search.Find())
        {
            Report(cycle, services, context);
        }
    }

    /// <summary>Where the edge at an index is written; for a built-in edge the nearest thing is its service.</summary>
    private static string PathOf(string service, int index) =>
        $"{Wording.Join("services", service)}.dependencies[{index}]";

    private static void CheckNames(
        ServiceConfiguration service,
        Dictionary<string, ServiceConfiguration> services,
        ReadContext context
    )
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < service.Dependencies.Length; i++)
        {
            var name = service.Dependencies[i].Service;
            var path = PathOf(service.Name, i);
            if (!seen.Add(name))
            {
                context.Error(path, $"{Wording.Quote(name)} is already in the list");
            }
            else if (!services.TryGetValue(name, out var needed))
            {
                context.Error(
                    path,
                    $"no service is called {Wording.Quote(name)}{context.Findings.Suggest(name, services.Keys)}"
                );
            }
            else if (service.Enabled && !needed.Enabled)
            {
                context.Error(
                    path,
                    $"{Wording.Quote(name)} is not enabled, so {Wording.Quote(service.Name)} could never start; enable it or remove the dependency"
                );
            }
        }
    }

    private static void Report(
        IReadOnlyList<string> cycle,
        Dictionary<string, ServiceConfiguration> services,
        ReadContext context
    )
    {
        var edges = cycle.Zip(
            cycle.Skip(1),
            (from, to) =>
                PathOf(from, services[from].Dependencies.Select(static edge => edge.Service).ToList().IndexOf(to))
        );
        var paths = edges.ToList();
        var shown = string.Join(", ", paths.Select(context.Locate));
        context.Error(paths[0], $"services wait for each other: {string.Join(" -> ", cycle)} ({shown})");
    }
}
