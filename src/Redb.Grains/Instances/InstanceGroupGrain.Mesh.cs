using Redb.Abstractions.Services;
using Redb.Grains.Mesh;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <content>What the group's mesh node is told, and what it means for the group.</content>
internal sealed partial class InstanceGroupGrain
{
    // Longer than the node itself takes to say that it hears nothing: only a node that fails altogether lets it pass.
    private static readonly TimeSpan MeshPatience = TimeSpan.FromSeconds(3);

    private readonly GrainTimers _timers;
    private long _meshHeard;

    private IMeshMember Mesh => GrainFactory.GetGrain<IMeshMember>(_plan.Key.ToString());

    public async ValueTask MeshStandsAsync(MeshStanding standing, long number)
    {
        if (number > _meshHeard)
        {
            _meshHeard = number;
            await HandleAsync(new GroupInput.MeshStands(standing));
        }
    }

    private async Task BeginMeshAsync()
    {
        if (_plan.Mesh is { } mesh)
        {
            _timers.Set(nameof(Mesh), mesh.Settings.ClaimTimeout + MeshPatience, GoOnWithoutMeshAsync);
            await Mesh.BeginAsync();
        }
    }

    private Task GoOnWithoutMeshAsync() =>
        _meshHeard > 0 ? Task.CompletedTask : HandleAsync(new GroupInput.MeshStands(_state.Mesh with { Hold = "" }));

    private async Task TellMeshAsync(ServiceView view)
    {
        if (_plan.Mesh is not null && view.Name is MeshPlan.MeshService or MeshPlan.CoreService)
        {
            await Mesh.ServiceChangedAsync(view.Name, view.Revision, view.Phase, view.Run);
        }
    }
}
