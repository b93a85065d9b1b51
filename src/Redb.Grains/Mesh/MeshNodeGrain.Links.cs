using Redb.Abstractions.Mesh;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Instances;
using Redb.Grains.Services;

namespace Redb.Grains.Mesh;

/// <content>The sessions of the group's mesh service.</content>
internal sealed partial class MeshNodeGrain
{
    private const string TickTimer = "tick";
    private const string IdentifyTimer = "identify";

    private LinkState _links = new();
    private string _controlTrouble = "";
    private bool _isIdentified;
    private bool _hasLooked;
    private string _told = "";

    private void FollowMesh(ServicePhase phase, long run)
    {
        if (!phase.IsReady())
        {
            _isIdentified = false;
            _controlTrouble = "";
            _timers.Cancel(IdentifyTimer);
            Handle(new LinkInput.Down());
            RenewNow();
        }
        else if (_links.Run != run && _control is not null)
        {
            _work.Run("ask the mesh service who it is", cancellation => IdentifyAsync(run, cancellation));
        }
    }

    /// <summary>The running mesh service knows best which node it is; until it says so, what was planned holds.</summary>
    private async Task IdentifyAsync(long run, CancellationToken cancellation)
    {
        var reply = await _world.Control.IdentifyAsync(_control!, cancellation);
        var (_, phase, current) = _services[MeshPlan.MeshService];
        if (!phase.IsReady() || current != run)
        {
            return;
        }

        _isIdentified = true;
        if (reply is MeshReply<ulong>.Answered { Value: > 0 and var id })
        {
            if (_own != 0 && _own != id)
            {
                Tell(EventKind.Warning, $"the mesh service is node {id}, planned was node {_own}: peers are told {id}");
            }

            (_own, _controlTrouble) = (id, "");
            Handle(new LinkInput.Up(run, id));
        }
        else
        {
            _controlTrouble = reply is MeshReply<ulong>.Failed failed ? failed.Reason : "it does not know its node id";
            _timers.Set(IdentifyTimer, _policy.Mesh.VerifyInterval, () => IdentifyAgainAsync(run));
        }

        RenewNow();
    }

    private Task IdentifyAgainAsync(long run)
    {
        _work.Run("ask the mesh service who it is", cancellation => IdentifyAsync(run, cancellation));
        return Task.CompletedTask;
    }

    private void Handle(LinkInput input)
    {
        var connected = _links.Connected;
        var (state, effects, comeBack) = LinkMachine.Next(
            _links,
            input,
            _policy,
            Moment.Of(_time),
            _random.NextDouble()
        );
        _links = state;
        foreach (var effect in effects)
        {
            Perform(effect);
        }

        if (comeBack is { } delay)
        {
            _timers.Set(TickTimer, delay, TickAsync);
        }
        else
        {
            _timers.Cancel(TickTimer);
        }

        var looks = !_hasLooked && state.IsKnown;
        _hasLooked |= looks;
        if (looks || state.Connected != connected)
        {
            Report();
        }
    }

    private Task TickAsync()
    {
        Handle(new LinkInput.Ticked());
        return Task.CompletedTask;
    }

    private void Perform(LinkEffect effect)
    {
        switch (effect)
        {
            case LinkEffect.Add add:
                _work.Run("add a session", cancellation => AddAsync(add, cancellation));
                break;
            case LinkEffect.Drop drop:
                // Whether it worked is seen at the next look.
                _work.Run(
                    "drop a session",
                    cancellation => _world.Control.DropAsync(_control!, drop.Node, cancellation)
                );
                break;
            case LinkEffect.Verify verify:
                _work.Run("look at the sessions", cancellation => VerifyAsync(verify.Run, cancellation));
                break;
            default:
                throw new NotSupportedException($"No way to perform {effect}.");
        }
    }

    private async Task AddAsync(LinkEffect.Add add, CancellationToken cancellation)
    {
        var timeout = _policy.Mesh.ConnectTimeout;
        var result = await _world.Control.AddAsync(_control!, add.Address, timeout, cancellation);
        Handle(new LinkInput.Attempted(add.Run, add.Node, result));
    }

    private async Task VerifyAsync(long run, CancellationToken cancellation)
    {
        var asked = Moment.Of(_time).Monotonic;
        switch (await _world.Control.ListAsync(_control!, cancellation))
        {
            case MeshReply<IReadOnlyCollection<ulong>>.Answered { Value: var peers }:
                _controlTrouble = _links.Run == run ? "" : _controlTrouble;
                Handle(new LinkInput.Seen(run, asked, peers.ToHashSet()));
                break;
            case MeshReply<IReadOnlyCollection<ulong>>.Failed { Reason: var reason }:
                _controlTrouble = _links.Run == run ? reason : _controlTrouble;
                Handle(new LinkInput.NotSeen(run));
                break;
            default:
                break;
        }
    }

    /// <summary>Says which sessions cannot be had, once for as long as they are the same ones.</summary>
    private void TellTrouble()
    {
        var missing = IsReady(MeshPlan.MeshService) && _links.Agenda.Count + _links.InFlight.Count > 0 ? Missing() : [];
        var trouble = string.Join(',', missing.Select(link => link.Node.NodeId)) + _controlTrouble;
        if (trouble == _told)
        {
            return;
        }

        _told = trouble;
        var peers = missing.Select(link => $"{link.Node.Describe()}: {link.Reason}");
        Tell(
            trouble.Length > 0 ? EventKind.Warning : EventKind.MeshChanged,
            missing.Count > 0
                    ? $"no session with {missing.Count} of {_links.Links.Count} peers: {Culprits.Name(peers, missing.Count)}"
                : _controlTrouble.Length > 0 ? $"the mesh service does not answer: {_controlTrouble}"
                : $"sessions with {_links.Connected} of {_links.Links.Count} peers, none in trouble"
        );
    }

    private List<Link> Missing() =>
        [
            .. _links
                .Links.Values.Where(link =>
                    link.Phase != MeshLinkPhase.Connected
                    && link.Failures >= MeshPolicy.FailuresBeforeTrouble
                    && link.Node.State == MeshNodeState.Ready
                )
                .OrderBy(link => link.Node.NodeId),
        ];
}
