using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;

namespace Redb.Silo.Cluster;

/// <summary>Which services are at their beginning, when they look for the supervisor and do so once: one that is not there then has lost them.</summary>
/// <param name="Starting">Those whose process is up and has not started, by name.</param>
/// <param name="MayFollow">Whether others wait for their turn, which may come at any moment or never.</param>
internal sealed record Beginnings(ImmutableArray<string> Starting, bool MayFollow)
{
    /// <summary>What this view of a group says.</summary>
    public static Beginnings Of(GroupView view) =>
        new(
            [
                .. view
                    .Services.Where(service =>
                        // One that has not said yet how it is may have been launched ahead of the silo.
                        service.Phase == ServicePhase.Starting
                        || (service.Revision < 0 && service.Phase != ServicePhase.Disabled)
                    )
                    .Select(service => $"{view.Group}/{service.Name}"),
            ],
            view.Services.Any(service => service.Phase is ServicePhase.Pending or ServicePhase.BackingOff)
        );

    /// <summary>What several groups come to.</summary>
    public static Beginnings Together(IReadOnlyCollection<Beginnings> groups) =>
        new([.. groups.SelectMany(group => group.Starting)], groups.Any(group => group.MayFollow));
}
