using Redb.Abstractions.Mesh;
using Redb.Grains.Mesh;

namespace Redb.Benchmarks.Hosts;

/// <summary>Notes when groups have taken in that one mesh node has a new run. On the way of every call of every simulated host.</summary>
/// <param name="groups">How many groups there are.</param>
internal sealed class PeerNews(int groups) : IIncomingGrainCallFilter
{
    private readonly Lock _turn = new();
    private readonly HashSet<GrainId> _heard = [];
    private TaskCompletionSource _all = new();
    private ulong _node;
    private long _run;

    /// <summary>Completes when every group, its own one too, has in its list of peers that a node is ready with a later run than the one named.</summary>
    public Task EverybodyKnowsAsync(ulong node, long run)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_turn)
        {
            _heard.Clear();
            (_all, _node, _run) = (all, node, run);
        }

        return all.Task;
    }

    public Task Invoke(IIncomingGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType == typeof(IMeshObserver) ? NoteAsync(context) : context.Invoke();

    private async Task NoteAsync(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        var news = (MeshNews)context.Request.GetArgument(0)!;
        lock (_turn)
        {
            var isIt = news.Nodes.Any(node =>
                node.NodeId == _node && node.Run > _run && node.State == MeshNodeState.Ready
            );
            if (isIt && _heard.Add(context.TargetId) && _heard.Count == groups)
            {
                _all.TrySetResult();
            }
        }
    }
}
