using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Redb.Hosting.Service.Configuration;
using Redb.Protocol.Core;
using Redb.Protocol.Mesh;
using Status = Redb.Protocol.Common.Status;

namespace Redb.StandIn.Mesh;

/// <summary>Core's side of a mesh: a clean node seeds one or joins one, and leaves it again. There is no database, so what was joined is forgotten at the end.</summary>
internal sealed class CoreMeshService(LiveConfiguration configuration) : MeshService.MeshServiceBase
{
    private const int MeshPort = 50056;
    private const uint StandardTimeoutSeconds = 30;

    // One for the process: a service's instances live for one call.
    private static readonly CoreNode Own = new();

    public override Task<SeedMeshResponse> SeedMesh(SeedMeshRequest request, ServerCallContext context)
    {
        if (request.MeshName.Length == 0)
        {
            throw new RpcException(new(StatusCode.InvalidArgument, "a mesh needs a name"));
        }

        return Own.TrySeed(request.MeshName)
            ? Task.FromResult(
                new SeedMeshResponse
                {
                    Success = true,
                    Message = "Mesh seeded",
                    Mesh = Own.Mesh(),
                    Status = Status.Created,
                }
            )
            : throw new RpcException(new(StatusCode.FailedPrecondition, "the node is in a mesh"));
    }

    public override async Task<JoinMeshResponse> JoinMesh(JoinMeshRequest request, ServerCallContext context)
    {
        if (!Own.TryBeginJoin())
        {
            throw new RpcException(new(StatusCode.FailedPrecondition, $"the node is not clean but {Own.Status}"));
        }

        var joined = false;
        try
        {
            var answer = await AddSessionAsync(request, context);
            joined = answer.Success;
            return new()
            {
                Success = answer.Success,
                Message = answer.Message,
                PeerNodeId = answer.PeerNodeId,
                RemoteAddr = answer.RemoteAddr,
                Status = answer.Success ? Status.Active : Status.Clean,
            };
        }
        finally
        {
            Own.EndJoin(joined);
        }
    }

    public override Task<LeaveMeshResponse> LeaveMesh(LeaveMeshRequest request, ServerCallContext context)
    {
        Own.Leave();
        return Task.FromResult(
            new LeaveMeshResponse
            {
                Success = true,
                Message = "Mesh left",
                Status = Status.Clean,
            }
        );
    }

    public override Task<ShowMeshResponse> ShowMesh(ShowMeshRequest request, ServerCallContext context) =>
        Own.Mesh() is { } mesh
            ? Task.FromResult(new ShowMeshResponse { Mesh = mesh })
            : throw new RpcException(new(StatusCode.NotFound, "the node is in no mesh"));

    public override Task<GetNodeStatusResponse> GetNodeStatus(GetNodeStatusRequest request, ServerCallContext context)
    {
        var response = new GetNodeStatusResponse
        {
            Node = new() { NodeId = MeshHello.OwnNode.ToString(CultureInfo.InvariantCulture), NodeStatus = Own.Status },
        };
        if (Own.Mesh() is { } mesh)
        {
            response.Mesh = mesh;
        }

        return Task.FromResult(response);
    }

    private async Task<AddSessionResponse> AddSessionAsync(JoinMeshRequest request, ServerCallContext context)
    {
        using var channel = GrpcChannel.ForAddress($"http://{MeshAddress}");
        var seconds = request.HasTimeoutSeconds ? request.TimeoutSeconds : StandardTimeoutSeconds;
        return await new MeshControl.MeshControlClient(channel).AddSessionAsync(
            new() { Addr = request.TargetAddress, TimeoutSeconds = seconds },
            deadline: context.Deadline,
            cancellationToken: context.CancellationToken
        );
    }

    // The order in which services look for each other.
    private string MeshAddress
    {
        get
        {
            var offset = int.TryParse(
                configuration["instance_group.port_offset"],
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
                : 0;
            return configuration["services.mesh.grpc_address"]
                ?? Environment.GetEnvironmentVariable("GRPC_mesh_ADDRESS")
                ?? string.Create(CultureInfo.InvariantCulture, $"localhost:{MeshPort + offset}");
        }
    }
}
