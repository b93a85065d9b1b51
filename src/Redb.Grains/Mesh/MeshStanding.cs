namespace Redb.Grains.Mesh;

/// <summary>What a mesh node means for its group. Sent between grains of one silo.</summary>
/// <param name="Hold">Why the mesh service may not start; empty when it may.</param>
/// <param name="Shortfall">Why the group is not Ready although its services are; empty when nothing is missing.</param>
[GenerateSerializer, Immutable]
internal sealed record MeshStanding([property: Id(0)] string Hold, [property: Id(1)] string Shortfall)
{
    public static readonly MeshStanding Fine = new("", "");

    /// <summary>How a group with a mesh node begins.</summary>
    public static MeshStanding Initial(MeshPlan? plan) =>
        plan is null ? Fine : Of(ClaimState.Pending, "", connected: 0, plan.Settings.MinPeers);

    /// <summary>Judges a node.</summary>
    /// <param name="claim">Whether it may have its id and address.</param>
    /// <param name="refusal">Who has them, when it may not.</param>
    /// <param name="connected">Its sessions.</param>
    /// <param name="needed">How many it needs: <c>mesh.min_peers</c>.</param>
    public static MeshStanding Of(ClaimState claim, string refusal, int connected, int needed) =>
        claim switch
        {
            ClaimState.Pending => new("waits to hear whether its mesh node id is free", Missing(connected, needed)),
            ClaimState.Refused => new(refusal, refusal),
            _ => new("", Missing(connected, needed)),
        };

    private static string Missing(int connected, int needed) =>
        connected >= needed ? "" : $"mesh has {connected} of the {needed} peers it needs (mesh.min_peers)";
}
