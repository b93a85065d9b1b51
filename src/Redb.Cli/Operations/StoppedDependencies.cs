using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Cli.Clients;

namespace Redb.Cli.Operations;

/// <summary>Finds what must be started along with services so that they can start.</summary>
internal static class StoppedDependencies
{
    /// <summary>The target with every dependency below it that is down, whoever stopped it; what is switched off stays out.</summary>
    public static Target Include(Target target, GroupView view)
    {
        var byName = view.Services.ToDictionary(service => service.Name, StringComparer.Ordinal);
        var wanted = target.Services.ToHashSet(StringComparer.Ordinal);
        var seen = target.Services.ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(target.Services);
        while (open.TryDequeue(out var name))
        {
            foreach (var dependency in byName[name].Dependencies.Where(seen.Add))
            {
                if (!byName.TryGetValue(dependency, out var service) || IsThere(service))
                {
                    continue;
                }

                open.Enqueue(dependency);
                if (
                    service.Phase != ServicePhase.Disabled
                    && (service.Wanted == Wanted.Down || service.Phase.IsAtRest())
                )
                {
                    wanted.Add(dependency);
                }
            }
        }

        return target with
        {
            Services = [.. view.Services.Select(service => service.Name).Where(wanted.Contains)],
        };
    }

    private static bool IsThere(ServiceView service) => service.Phase.IsReady() && service.Wanted == Wanted.Up;
}
