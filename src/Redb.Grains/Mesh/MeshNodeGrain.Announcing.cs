using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Mesh;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Instances;

namespace Redb.Grains.Mesh;

/// <content>What the node tells the mesh, and what it hears from it.</content>
internal sealed partial class MeshNodeGrain
{
    private const string RenewTimer = "renew";

    // As long as a supervisor may take to come back to services it has left running.
    private static readonly TimeSpan AwayLease = TimeSpan.FromSeconds(30);

    private readonly HashSet<ulong> _hidden = [];
    private readonly HashSet<string> _came = new(StringComparer.Ordinal);
    private readonly HashSet<string> _went = new(StringComparer.Ordinal);

    private IMeshMembers _mesh = null!;
    private IMeshObserver _self = null!;
    private PeerState _peers = new();
    private ClusterSilos _silos = ClusterSilos.None;
    private ClaimState _claim;
    private string _refusal = "";
    private string _meshTrouble = "";
    private ulong _own;
    private bool _hasBegun;
    private bool _isRenewing;
    private bool _isOutdated;

    private MeshNode OwnNode() =>
        new()
        {
            NodeId = _own,
            Host = _key.Host,
            Group = _key.Group,
            Address = _plan!.Address,
            State = _isIdentified && IsReady(MeshPlan.MeshService) ? MeshNodeState.Ready : MeshNodeState.Claimed,
            Run = _services.GetValueOrDefault(MeshPlan.MeshService).Run,
        };

    /// <summary>Announces the node without waiting for the next time; what changed while an announcement is on its way follows it.</summary>
    private void RenewNow()
    {
        if (_isRenewing)
        {
            _isOutdated = true;
            return;
        }

        if (_own == 0 || !_hasBegun)
        {
            return;
        }

        _isRenewing = true;
        _work.Run("announce the mesh node", RenewAsync);
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        _isOutdated = false;
        try
        {
            await AnnounceAsync(cancellation);
        }
        finally
        {
            _isRenewing = false;
        }

        Report();
        TellChanges();
        TellTrouble();
        AskCore();
        if (_isOutdated)
        {
            RenewNow();
        }
        else
        {
            _timers.Set(RenewTimer, _policy.Mesh.RenewInterval * (1 - (0.1 * _random.NextDouble())), RenewDueAsync);
        }
    }

    private Task RenewDueAsync()
    {
        RenewNow();
        return Task.CompletedTask;
    }

    private async Task AnnounceAsync(CancellationToken cancellation)
    {
        var announcement = new MeshAnnouncement
        {
            Node = OwnNode(),
            Lease = _policy.Mesh.SilentAfter,
            Epoch = _peers.Epoch,
            Revision = _peers.Revision,
            Membership = _membership,
            WantsToJoin = _policy.Mesh.AutoJoin,
        };
        try
        {
            var call = _mesh.AnnounceAsync(announcement, _self).AsTask();
            Accept(await call.WaitAsync(_policy.Mesh.ClaimTimeout, _time, cancellation));
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // Whatever keeps the mesh's record from answering, a lone host goes on: what it knows holds, and it asks again.
            var cause =
                failure is TimeoutException
                    ? $"no answer within {_policy.Mesh.ClaimTimeout.TotalSeconds:0.#} s"
                    : failure.Message;
            _meshTrouble = $"the mesh cannot be asked for news: {cause}";
            _claim = _claim == ClaimState.Pending ? ClaimState.Unheard : _claim;
        }
    }

    private void Accept(MeshAnswer answer)
    {
        _meshTrouble = "";
        if (answer.Refusal.Length > 0 && answer.Refusal != _refusal)
        {
            Tell(EventKind.Warning, answer.Refusal);
        }

        _refusal = answer.Refusal;

        // Once refused it has to show its sessions, whatever they were before.
        _hasLooked |= answer.Refusal.Length > 0;
        _claim = answer.Refusal.Length > 0 ? ClaimState.Refused : ClaimState.Free;
        if (answer.News is { } news)
        {
            Hear(news);
        }

        Enter(answer.Admission);
    }

    private void Hear(MeshNews news)
    {
        var (state, changed, left, hasGap) = PeerMachine.Hear(_peers, news);
        // One whose supervisor was known to be dead has left before, and is not told twice.
        var gone = left.Where(node => _peers.Nodes.ContainsKey(node) && !_hidden.Contains(node))
            .Select(node => _peers.Nodes[node].Describe())
            .ToList();
        _peers = state;
        if (hasGap)
        {
            RenewNow();
        }

        if (changed.IsEmpty && left.IsEmpty)
        {
            return;
        }

        _went.UnionWith(gone);
        _came.UnionWith(
            changed
                .Where(node => node.NodeId != _own && node.State == MeshNodeState.Ready)
                .Select(node => node.Describe())
        );
        _world.Settings.Set(_key, state.Nodes, _own);
        _hidden.ExceptWith(left);
        var visible = changed.Where(node => !IsLost(node)).ToImmutableArray();
        _hidden.UnionWith(changed.Where(IsLost).Select(node => node.NodeId));
        _hidden.ExceptWith(visible.Select(node => node.NodeId));
        Handle(new LinkInput.PeersChanged(visible, left));
    }

    /// <summary>Supervisors died or came back: nodes of dead ones are no peers, whoever keeps the mesh's record and whether it answers.</summary>
    private void Reconsider()
    {
        var lost = _peers.Nodes.Values.Where(node => !_hidden.Contains(node.NodeId) && IsLost(node)).ToImmutableArray();
        var found = _peers
            .Nodes.Values.Where(node => _hidden.Contains(node.NodeId) && !IsLost(node))
            .ToImmutableArray();
        if (lost.IsEmpty && found.IsEmpty)
        {
            return;
        }

        _went.UnionWith(lost.Select(node => node.Describe()));
        _came.UnionWith(found.Select(node => node.Describe()));
        _hidden.UnionWith(lost.Select(node => node.NodeId));
        _hidden.ExceptWith(found.Select(node => node.NodeId));
        Handle(new LinkInput.PeersChanged(found, [.. lost.Select(node => node.NodeId)]));
        TellChanges();
    }

    private bool IsLost(MeshNode node) => node.State != MeshNodeState.Away && _silos.HasLost(node.Host, node.Group);

    // Together, and no more often than it is announced or a supervisor dies: a large mesh that starts must not fill the events.
    private void TellChanges()
    {
        if (_came.Count > 0)
        {
            Tell(EventKind.MeshChanged, $"peers: {Culprits.Name(_came, _came.Count)}");
        }

        if (_went.Count > 0)
        {
            Tell(EventKind.MeshChanged, $"peers that left: {Culprits.Name(_went, _went.Count)}");
        }

        _came.Clear();
        _went.Clear();
    }

    /// <summary>The last words: services that run on keep their place for a while, others give it up.</summary>
    private async Task SayGoodbyeAsync()
    {
        // Alone, the mesh's record ends with this very silo, and Orleans would complain loudly of a call to nobody.
        if (_own == 0 || _claim == ClaimState.Refused || _silos.Live.Length <= 1)
        {
            return;
        }

        var runsOn = _services.TryGetValue(MeshPlan.MeshService, out var mesh) && mesh.Phase.IsLive();
        var last = new MeshAnnouncement { Node = OwnNode() with { State = MeshNodeState.Away }, Lease = AwayLease };
        try
        {
            var call = runsOn ? _mesh.AnnounceAsync(last, _self).AsTask() : _mesh.LeaveAsync(_key.ToString()).AsTask();
            await call.WaitAsync(EndPatience, _time);
        }
        catch (Exception failure)
        {
            // The mesh's record ends with this very silo, or cannot be reached: silence says it too, a little later.
            LogNoGoodbye(_key, failure);
        }
    }

    private void Tell(EventKind kind, string message) =>
        _events.Tell(
            new(_time.GetUtcNow(), MeshPlan.MeshService, kind, message, PhaseOf(MeshPlan.MeshService), 0, Detail: "")
        );

    [LoggerMessage(EventId = 1321, Level = LogLevel.Debug, Message = "The mesh did not hear that {Group} goes.")]
    private partial void LogNoGoodbye(GroupKey group, Exception failure);

    private ServicePhase PhaseOf(string service) => _services.GetValueOrDefault(service).Phase;
}
