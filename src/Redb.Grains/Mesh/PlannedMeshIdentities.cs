using System.Globalization;
using Redb.Abstractions.Instances;
using Redb.Grains.Planning;

namespace Redb.Grains.Mesh;

/// <summary>Takes the id that the mesh service will be given in its environment: the real mesh believes nothing else.</summary>
internal sealed class PlannedMeshIdentities(HostPlan host) : IMeshIdentities
{
    public ValueTask<ulong?> FindAsync(GroupKey group, CancellationToken cancellation) =>
        new(
            host.FindService(group.ToService(MeshPlan.MeshService)) is { } mesh
            && mesh.Order.Environment.TryGetValue(MeshPlan.NodeVariable, out var text)
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && id > 0
                ? id
                : null
        );
}
