using System.Collections.Immutable;
using Redb.Abstractions.Mesh;
using Redb.Grains.Services;

namespace Redb.Grains.Mesh;

/// <summary>The workspace of one step of <see cref="LinkMachine"/>: the links as they change, with everything that follows from them kept in step.</summary>
internal sealed class LinkRound(LinkState before, MeshPolicy policy, Moment now, double sample)
{
    private readonly ImmutableArray<LinkEffect>.Builder _effects = ImmutableArray.CreateBuilder<LinkEffect>();
    private LinkState _state = before;

    public double Sample => sample;

    public ulong Own => _state.Own;

    public long Run => _state.Run;

    /// <summary>The links as they were when this was asked for.</summary>
    public IEnumerable<Link> Links => _state.Links.Values;

    public Link? Find(ulong node) => _state.Links.GetValueOrDefault(node);

    /// <summary>Another run, or none, of the mesh service: nothing is known of its sessions, and nothing is on its way to it.</summary>
    public void Begin(long run, ulong own) =>
        _state = _state with
        {
            Run = run,
            Own = own,
            InFlight = [],
            Others = [],
            IsVerifying = false,
            IsKnown = false,
            VerifyDue = now.Monotonic,
        };

    /// <summary>How long a link waits for its first attempt.</summary>
    public TimeSpan FirstWait(ulong node) =>
        (MeshPolicy.Spread * sample) + (node > Own ? TimeSpan.Zero : MeshPolicy.HigherWaits);

    public Link Fresh(MeshNode node) =>
        new(node, now) { Due = now.Monotonic + FirstWait(node.NodeId), Reason = "was not tried yet" };

    public Link Wait(Link link, int failures, string reason, TimeSpan wait) =>
        link with
        {
            Phase = MeshLinkPhase.Waiting,
            Since = link.Phase == MeshLinkPhase.Connected ? now : link.Since,
            Failures = failures,
            Reason = reason,
            Due = now.Monotonic + wait,
        };

    public Link Connect(Link link) =>
        link with
        {
            Phase = MeshLinkPhase.Connected,
            Since = now,
            Failures = 0,
            Reason = "",
        };

    /// <summary>Replaces a link, or adds it.</summary>
    public void Put(Link link)
    {
        var node = link.Node.NodeId;
        var known = Find(node);
        _state = _state with
        {
            Links = _state.Links.SetItem(node, link),
            Agenda = Rescheduled(known, link),
            Connected = _state.Connected + Count(link) - Count(known),
            Leftovers = known is null ? _state.Leftovers.Remove(node) : _state.Leftovers,
        };
    }

    public void Remove(ulong node)
    {
        var known = Find(node);
        _state = _state with
        {
            Links = _state.Links.Remove(node),
            Agenda = Rescheduled(known, null),
            Connected = _state.Connected - Count(known),
        };
    }

    /// <summary>A peer left: its session is dropped, now or when it is seen.</summary>
    public void Leave(ulong node)
    {
        if (Find(node) is not { } link)
        {
            return;
        }

        Remove(node);
        _state = _state with { Leftovers = _state.Leftovers.Add(node) };
        if (Run != 0 && link.Phase != MeshLinkPhase.Waiting)
        {
            _effects.Add(new LinkEffect.Drop(Run, node));
        }
    }

    /// <summary>Drops what is left of nodes that left, and forgets those that nothing is left of.</summary>
    public void DropLeftovers(IReadOnlySet<ulong> seen)
    {
        var left = _state.Leftovers.Intersect(seen);
        foreach (var node in left.Take(MeshPolicy.MostDrops))
        {
            _effects.Add(new LinkEffect.Drop(Run, node));
        }

        // One that an attempt is still under way to may come back yet.
        _state = _state with
        {
            Leftovers = left.Union(_state.Leftovers.Intersect(_state.InFlight)),
            Others = [.. seen.Where(node => !_state.Links.ContainsKey(node))],
        };
    }

    /// <summary>An attempt is over.</summary>
    public void Land(ulong node)
    {
        _state = _state with { InFlight = _state.InFlight.Remove(node) };
        if (Find(node) is { } link)
        {
            // It may be wanted again: one in flight is on no agenda.
            Put(link.Phase == MeshLinkPhase.Connecting ? link with { Phase = MeshLinkPhase.Waiting } : link);
        }
    }

    /// <summary>The sessions were looked at, or the mesh service would not say.</summary>
    public void Looked() =>
        _state = _state with
        {
            IsVerifying = false,
            IsKnown = true,
            // Never all at the same moment.
            VerifyDue = now.Monotonic + (policy.VerifyEvery(_state.Links.Count) * (1 - (0.25 * sample))),
        };

    /// <summary>Begins what is due, as far as it may be under way at once.</summary>
    public LinkStep Settle()
    {
        if (Run == 0)
        {
            return new(_state, _effects.DrainToImmutable(), null);
        }

        if (!_state.IsVerifying && _state.VerifyDue <= now.Monotonic)
        {
            _effects.Add(new LinkEffect.Verify(Run));
            _state = _state with { IsVerifying = true };
        }

        while (
            _state.IsKnown
            && _state.InFlight.Count < MeshPolicy.MostInFlight
            && _state.Agenda is { Count: > 0, Min: var next }
            && next.Due <= now.Monotonic
        )
        {
            Attempt(_state.Links[next.Node]);
        }

        return new(_state, _effects.DrainToImmutable(), ComeBack());
    }

    private void Attempt(Link link)
    {
        _state = _state with { InFlight = _state.InFlight.Add(link.Node.NodeId) };
        Put(link with { Phase = MeshLinkPhase.Connecting, Since = now });
        _effects.Add(new LinkEffect.Add(Run, link.Node.NodeId, link.Node.Address));
    }

    private TimeSpan? ComeBack()
    {
        TimeSpan? verify = _state.IsVerifying ? null : _state.VerifyDue;
        TimeSpan? attempt =
            _state.IsKnown && _state.InFlight.Count < MeshPolicy.MostInFlight && _state.Agenda.Count > 0
                ? _state.Agenda.Min.Due
                : null;
        return (verify, attempt) switch
        {
            (null, null) => null,
            _ => Later(TimeSpan.FromTicks(Math.Min(verify?.Ticks ?? long.MaxValue, attempt?.Ticks ?? long.MaxValue))),
        };
    }

    private TimeSpan Later(TimeSpan due) => due > now.Monotonic ? due - now.Monotonic : TimeSpan.Zero;

    private ImmutableSortedSet<(TimeSpan, ulong)> Rescheduled(Link? known, Link? link)
    {
        var agenda = _state.Agenda;
        if (known is not null)
        {
            agenda = agenda.Remove((known.Due, known.Node.NodeId));
        }

        return link is { IsWanting: true } && !_state.InFlight.Contains(link.Node.NodeId)
            ? agenda.Add((link.Due, link.Node.NodeId))
            : agenda;
    }

    private static int Count(Link? link) => link?.Phase == MeshLinkPhase.Connected ? 1 : 0;
}
