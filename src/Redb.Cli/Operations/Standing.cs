using System.Collections.Immutable;
using Redb.Abstractions.Services;

namespace Redb.Cli.Operations;

/// <summary>How far the services of an aim are.</summary>
/// <param name="Reached">Those that are where they should be.</param>
/// <param name="Waiting">Those on their way.</param>
/// <param name="Failed">Those that will not get there by themselves.</param>
/// <param name="Blocked">Why those of the failed that wait for their dependencies wait in vain.</param>
/// <param name="Overruled">Those somebody wants elsewhere meanwhile.</param>
/// <param name="IsHopeless">Whether waiting on makes no sense.</param>
internal sealed record Standing(
    ImmutableArray<ServiceView> Reached,
    ImmutableArray<ServiceView> Waiting,
    ImmutableArray<ServiceView> Failed,
    ImmutableArray<Blockage> Blocked,
    ImmutableArray<ServiceView> Overruled,
    bool IsHopeless
)
{
    /// <summary>Whether there is nothing left to wait for.</summary>
    public bool IsOver => IsHopeless || Waiting.IsEmpty;

    /// <summary>The same with a prefix such as <c>group/</c> before the name of every service, for where several groups meet.</summary>
    public Standing Within(string prefix)
    {
        return this with
        {
            Reached = Named(Reached),
            Waiting = Named(Waiting),
            Failed = Named(Failed),
            Blocked = [.. Blocked.Select(one => new Blockage(Name(one.Service), [.. one.Chains.Select(Named)]))],
            Overruled = Named(Overruled),
        };

        ServiceView Name(ServiceView service) => service with { Name = prefix + service.Name };

        ImmutableArray<ServiceView> Named(ImmutableArray<ServiceView> services) => [.. services.Select(Name)];
    }
}
