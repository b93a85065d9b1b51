using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Redb.Protocol.Mesh;
using Redb.StandIn.Arguments;

namespace Redb.StandIn.Mesh;

/// <summary>Shows and changes the sessions of this mesh node, as the real mesh does; what that one only pretends to know is pretended here as well.</summary>
internal sealed class MeshControlService(MeshSessions sessions, StandInArguments arguments, TimeProvider time)
    : MeshControl.MeshControlBase
{
    private const uint StandardTimeoutSeconds = 30;

    private static readonly ConcurrentDictionary<string, string> Policies = new(StringComparer.Ordinal);

    public override async Task<GetSessionsResponse> GetSessions(GetSessionsRequest request, ServerCallContext context)
    {
        await HangAsync(context);
        var response = new GetSessionsResponse();
        response.Sessions.AddRange(
            sessions
                .List()
                .Select(session => new SessionInfo
                {
                    PeerNodeId = session.Peer,
                    RemoteAddr = session.RemoteAddress,
                    State = "Connected",
                })
        );
        return response;
    }

    public override async Task<AddSessionResponse> AddSession(AddSessionRequest request, ServerCallContext context)
    {
        await HangAsync(context);
        if (!IPEndPoint.TryParse(request.Addr, out var address) || address.Port == 0)
        {
            throw new RpcException(new(StatusCode.InvalidArgument, $"'{request.Addr}' is no IP:port"));
        }

        var seconds = request.TimeoutSeconds == 0 ? StandardTimeoutSeconds : request.TimeoutSeconds;
        return await sessions.AddAsync(address, TimeSpan.FromSeconds(seconds), context.CancellationToken) switch
        {
            MeshAddition.Standing { Session: var session } => new()
            {
                Success = true,
                Message = "Session established",
                PeerNodeId = session.Peer,
                RemoteAddr = session.RemoteAddress,
            },
            MeshAddition.Failed { Reason: var reason } => new() { Message = reason, ErrorCode = "CONNECTION_FAILED" },
            _ => new() { Message = $"no session after {seconds} s", ErrorCode = "TIMEOUT" },
        };
    }

    public override async Task<DropSessionResponse> DropSession(DropSessionRequest request, ServerCallContext context)
    {
        await HangAsync(context);
        return await sessions.DropAsync(request.PeerNodeId)
            ? new() { Success = true, Message = "Session dropped" }
            : new() { Message = $"no session with {request.PeerNodeId}", ErrorCode = "SESSION_NOT_FOUND" };
    }

    public override async Task<GetTopologyResponse> GetTopology(GetTopologyRequest request, ServerCallContext context)
    {
        await HangAsync(context);
        var epoch = sessions.Epoch;
        var topology = new TopologySnapshot { LocalNodeId = sessions.Own, CurrentEpoch = epoch };
        topology.Neighbors.AddRange(
            sessions
                .List()
                .Select(session => new NeighborInfo
                {
                    NodeId = session.Peer,
                    Addr = session.RemoteAddress,
                    Connected = true,
                    Epoch = epoch,
                })
        );
        topology.Routes.AddRange(Routes(epoch));
        return new() { Topology = topology };
    }

    public override Task<GetRoutingTableResponse> GetRoutingTable(
        GetRoutingTableRequest request,
        ServerCallContext context
    )
    {
        var response = new GetRoutingTableResponse { CurrentEpoch = sessions.Epoch };
        response.Routes.AddRange(Routes(response.CurrentEpoch));
        return Task.FromResult(response);
    }

    public override Task<Empty> InjectNeighbor(InjectNeighborRequest request, ServerCallContext context) =>
        Task.FromResult(new Empty());

    public override Task<Empty> SetPolicy(SetPolicyRequest request, ServerCallContext context)
    {
        if (request.Key.Length == 0)
        {
            throw new RpcException(new(StatusCode.InvalidArgument, "a policy needs a key"));
        }

        Policies[request.Key] = request.Value;
        return Task.FromResult(new Empty());
    }

    // Stand-ins carry no messages.
    public override Task<GetMessageMetricsResponse> GetMessageMetrics(
        GetMessageMetricsRequest request,
        ServerCallContext context
    ) => Task.FromResult(new GetMessageMetricsResponse());

    public override Task<GetConsensusStateResponse> GetConsensusState(
        GetConsensusStateRequest request,
        ServerCallContext context
    ) => Task.FromResult(new GetConsensusStateResponse { ConsensusState = Consensus() });

    public override Task<TriggerConsensusCheckResponse> TriggerConsensusCheck(
        TriggerConsensusCheckRequest request,
        ServerCallContext context
    ) => Task.FromResult(new TriggerConsensusCheckResponse { Success = true, ConsensusState = Consensus() });

    private ConsensusState Consensus()
    {
        var nodes = (ulong)sessions.List().Count + 1;
        return new()
        {
            TotalNodes = nodes,
            OnlineNodes = nodes,
            IsMajorityPartition = true,
            SeedNodeId = sessions.Own,
            CanAcceptWrites = true,
        };
    }

    private IEnumerable<RouteEntry> Routes(uint epoch) =>
        sessions
            .List()
            .Select(session => new RouteEntry
            {
                DstNode = session.Peer,
                NextHops = { session.Peer },
                Cost = 1,
                Epoch = epoch,
            });

    private Task HangAsync(ServerCallContext context) =>
        arguments.HangControl
            ? Task.Delay(Timeout.InfiniteTimeSpan, time, context.CancellationToken)
            : Task.CompletedTask;
}
