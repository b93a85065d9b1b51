using Redb.Grains.Mesh;
using Redb.Protocol.Mesh;

namespace Redb.Silo.Mesh;

/// <summary>Talks to the MeshControl of mesh services.</summary>
internal sealed class MeshControlClient(MeshCalls calls) : IMeshControl
{
    // A list of sessions is at hand; who needs longer is in trouble.
    private static readonly TimeSpan ListLimit = TimeSpan.FromSeconds(5);

    // The mesh itself waits up to 30 s for the end of a session.
    private static readonly TimeSpan DropLimit = TimeSpan.FromSeconds(35);

    // The answer's way back, so that the mesh's own word on a time-out arrives before ours.
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(2);

    public Task<MeshReply<ulong>> IdentifyAsync(string endpoint, CancellationToken cancellation) =>
        calls.AskAsync<ulong>(
            endpoint,
            ListLimit,
            async (channel, options) =>
            {
                var answer = await new MeshControl.MeshControlClient(channel).GetTopologyAsync(new(), options);
                return new MeshReply<ulong>.Answered(answer.Topology?.LocalNodeId ?? 0);
            },
            cancellation
        );

    public Task<MeshReply<IReadOnlyCollection<ulong>>> ListAsync(string endpoint, CancellationToken cancellation) =>
        calls.AskAsync<IReadOnlyCollection<ulong>>(
            endpoint,
            ListLimit,
            async (channel, options) =>
            {
                var answer = await new MeshControl.MeshControlClient(channel).GetSessionsAsync(new(), options);
                return new MeshReply<IReadOnlyCollection<ulong>>.Answered([
                    .. answer.Sessions.Select(session => session.PeerNodeId),
                ]);
            },
            cancellation
        );

    public async Task<AddResult> AddAsync(
        string endpoint,
        string address,
        TimeSpan timeout,
        CancellationToken cancellation
    )
    {
        var seconds = (uint)Math.Max(1, Math.Ceiling(timeout.TotalSeconds));
        var reply = await calls.AskAsync<AddSessionResponse>(
            endpoint,
            TimeSpan.FromSeconds(seconds) + Return,
            async (channel, options) =>
                new MeshReply<AddSessionResponse>.Answered(
                    await new MeshControl.MeshControlClient(channel).AddSessionAsync(
                        new() { Addr = address, TimeoutSeconds = seconds },
                        options
                    )
                ),
            cancellation
        );
        return reply switch
        {
            MeshReply<AddSessionResponse>.Answered { Value: { Success: true } answer } => new AddResult.Connected(
                answer.PeerNodeId
            ),
            MeshReply<AddSessionResponse>.Answered { Value: var answer } => new AddResult.Failed(
                $"{address}: {answer.ErrorCode} {answer.Message}".TrimEnd()
            ),
            MeshReply<AddSessionResponse>.Failed failed => new AddResult.Failed(failed.Reason),
            _ => throw new NotSupportedException($"No way to go on after {reply}."),
        };
    }

    public Task<MeshReply<bool>> DropAsync(string endpoint, ulong node, CancellationToken cancellation) =>
        calls.AskAsync<bool>(
            endpoint,
            DropLimit,
            async (channel, options) =>
            {
                var answer = await new MeshControl.MeshControlClient(channel).DropSessionAsync(
                    new() { PeerNodeId = node },
                    options
                );
                return new MeshReply<bool>.Answered(answer.Success);
            },
            cancellation
        );
}
