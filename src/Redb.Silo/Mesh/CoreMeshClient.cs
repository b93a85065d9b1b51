using Redb.Grains.Mesh;
using Redb.Protocol.Core;

namespace Redb.Silo.Mesh;

/// <summary>Talks to the MeshService of core services.</summary>
internal sealed class CoreMeshClient(MeshCalls calls) : ICoreMesh
{
    private static readonly TimeSpan StatusLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SeedLimit = TimeSpan.FromSeconds(30);

    // Core waits up to 60 s for the three messages of a join, after the session stands.
    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(75);

    private const uint SessionSeconds = 10;

    public Task<MeshReply<MeshMembership>> GetMembershipAsync(string endpoint, CancellationToken cancellation) =>
        calls.AskAsync<MeshMembership>(
            endpoint,
            StatusLimit,
            async (channel, options) =>
            {
                var answer = await new MeshService.MeshServiceClient(channel).GetNodeStatusAsync(new(), options);
                return new MeshReply<MeshMembership>.Answered(MembershipOf(answer));
            },
            cancellation
        );

    public Task<MeshReply<bool>> SeedAsync(string endpoint, string name, CancellationToken cancellation) =>
        calls.AskAsync<bool>(
            endpoint,
            SeedLimit,
            async (channel, options) =>
            {
                var answer = await new MeshService.MeshServiceClient(channel).SeedMeshAsync(
                    new() { MeshName = name },
                    options
                );
                return Done(answer.Success, answer.Message);
            },
            cancellation
        );

    public Task<MeshReply<bool>> JoinAsync(string endpoint, string target, CancellationToken cancellation) =>
        calls.AskAsync<bool>(
            endpoint,
            JoinLimit,
            async (channel, options) =>
            {
                var answer = await new MeshService.MeshServiceClient(channel).JoinMeshAsync(
                    new()
                    {
                        TargetAddress = target,
                        Strategy = JoinStrategy.Inherit,
                        TimeoutSeconds = SessionSeconds,
                    },
                    options
                );
                return Done(answer.Success, answer.Message);
            },
            cancellation
        );

    // A node that was initialized and has no mesh is as clean as one that says so (contract, section 7).
    private static MeshMembership MembershipOf(GetNodeStatusResponse answer) =>
        answer.Node?.NodeStatus switch
        {
            NodeStatus.Clean => MeshMembership.Clean,
            NodeStatus.Active => answer.Mesh is null ? MeshMembership.Clean : MeshMembership.Active,
            NodeStatus.Joining => MeshMembership.Joining,
            _ => MeshMembership.Other,
        };

    private static MeshReply<bool> Done(bool success, string message) =>
        success ? new MeshReply<bool>.Answered(Value: true) : new MeshReply<bool>.Failed(message);
}
