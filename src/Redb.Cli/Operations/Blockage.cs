using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Cli.Rendering;

namespace Redb.Cli.Operations;

/// <summary>Why a service that waits for its dependencies does not start by itself.</summary>
/// <param name="Service">The service that waits.</param>
/// <param name="Chains">What it waits for, link by link; the last of each chain is at rest and stays so.</param>
internal sealed record Blockage(ServiceView Service, ImmutableArray<ImmutableArray<ServiceView>> Chains)
{
    /// <summary>Names of the services at the ends of the chains.</summary>
    public IEnumerable<string> Roots => Chains.Select(chain => chain[^1].Name).Distinct(StringComparer.Ordinal);

    /// <summary>For people: <c>waits for mesh, which waits for security, which is Stopped</c>.</summary>
    public string Describe() =>
        string.Join(
            "; ",
            Chains.Select(chain =>
                $"waits for {string.Join(", which waits for ", chain.Select(link => link.Name))}, which is {StateWord.Of(chain[^1].Phase)}"
            )
        );

    /// <summary>What blocks a service of a view; null when it does not wait, or what it waits for may still come.</summary>
    public static Blockage? Find(ServiceView service, GroupView view)
    {
        if (service.Phase != ServicePhase.Pending)
        {
            return null;
        }

        var byName = view.Services.ToDictionary(one => one.Name, StringComparer.Ordinal);
        ImmutableArray<ImmutableArray<ServiceView>> chains = [.. ChainsBelow(service, byName, [service.Name])];
        return chains.IsEmpty ? null : new(service, chains);
    }

    // One chain for each dependency that will not come. The names passed on the way keep a circle from going on for ever.
    private static IEnumerable<ImmutableArray<ServiceView>> ChainsBelow(
        ServiceView service,
        Dictionary<string, ServiceView> byName,
        ImmutableHashSet<string> passed
    )
    {
        foreach (var name in service.Dependencies.Where(name => !passed.Contains(name)))
        {
            if (!byName.TryGetValue(name, out var dependency))
            {
                continue;
            }

            if (Rests(dependency))
            {
                yield return [dependency];
            }
            else if (
                dependency.Phase == ServicePhase.Pending
                && ChainsBelow(dependency, byName, passed.Add(name)).FirstOrDefault() is { IsDefault: false } chain
            )
            {
                yield return [dependency, .. chain];
            }
        }
    }

    // A service that is wanted up rests only for the moment in which it is told.
    private static bool Rests(ServiceView service) =>
        service.Phase.IsAtRest() && service is not { Phase: ServicePhase.Stopped, Wanted: Wanted.Up };
}
