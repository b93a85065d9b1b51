namespace Redb.Grains.Mesh;

/// <summary>What a mesh node means for its group. Sent between grains of one silo.</summary>
/// <param name="Hold">Why the mesh service may not start; empty when it may.</param>
/// <param name="Shortfall">Why the group is not Ready although its services are; empty when nothing is missing, null while the sessions have not been looked at.</param>
[GenerateSerializer, Immutable]
internal sealed record MeshStanding([property: Id(0)] string Hold, [property: Id(1)] string? Shortfall)
{
    public static readonly MeshStanding Fine = new("", "");

    /// <summary>How a group with a mesh node begins. Where nothing says which node it is, there is nothing to claim before it runs.</summary>
    /// <param name="plan">Its node; null for none.</param>
    /// <param name="wasReady">Whether the supervisor before left the group ready: then nothing is missing before the sessions have been looked at.</param>
    public static MeshStanding Initial(MeshPlan? plan, bool wasReady)
    {
        if (plan is null)
        {
            return Fine;
        }

        var claim = plan.NodeId is null ? ClaimState.Free : ClaimState.Pending;
        return Of(claim, "", connected: wasReady ? null : 0, plan.Settings.MinPeers).After(Fine);
    }

    /// <summary>Judges a node.</summary>
    /// <param name="claim">Whether it may have its id and address.</param>
    /// <param name="refusal">Who has them, when it may not.</param>
    /// <param name="connected">Its sessions; null while they have not been looked at.</param>
    /// <param name="needed">How many it needs: <c>mesh.min_peers</c>.</param>
    public static MeshStanding Of(ClaimState claim, string refusal, int? connected, int needed) =>
        claim switch
        {
            ClaimState.Pending => new("waits to hear whether its mesh node id is free", Missing(connected, needed)),
            ClaimState.Refused => new(refusal, refusal),
            _ => new("", Missing(connected, needed)),
        };

    /// <summary>This, after what was said before: what is not known yet is as it was.</summary>
    public MeshStanding After(MeshStanding before) => this with { Shortfall = Shortfall ?? before.Shortfall };

    private static string? Missing(int? connected, int needed) =>
        connected is null ? null
        : connected >= needed ? ""
        : $"mesh has {connected} of the {needed} peers it needs (mesh.min_peers)";
}
