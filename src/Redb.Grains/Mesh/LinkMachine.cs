using Redb.Abstractions.Mesh;
using Redb.Grains.Services;
using static Redb.Grains.Mesh.LinkInput;

namespace Redb.Grains.Mesh;

/// <summary>
/// Decides what a mesh service is asked so that it has a session with every peer and none with those that left. Pure. An input that concerns one
/// peer costs the same in a mesh of a thousand.
/// </summary>
internal static class LinkMachine
{
    /// <summary>Answers one input.</summary>
    /// <param name="state">What is remembered so far.</param>
    /// <param name="input">What just happened.</param>
    /// <param name="policy">The numbers in force.</param>
    /// <param name="now">The time of the input.</param>
    /// <param name="sample">A random number in [0, 1).</param>
    public static LinkStep Next(LinkState state, LinkInput input, MeshPolicy policy, Moment now, double sample)
    {
        var round = new LinkRound(state, policy, now, sample);
        switch (input)
        {
            case Up up:
                GoUp(round, up);
                break;
            case Down:
                GoDown(round);
                break;
            case PeersChanged change:
                Change(round, change);
                break;
            case Attempted attempt when attempt.Run == state.Run:
                Conclude(round, attempt);
                break;
            case Seen seen when seen.Run == state.Run && state.Run != 0:
                Compare(round, seen);
                break;
            case NotSeen unseen when unseen.Run == state.Run && state.Run != 0:
                round.Looked();
                break;
            default:
                // Time alone, or news of an earlier run.
                break;
        }

        return round.Settle();
    }

    private static void GoUp(LinkRound round, Up up)
    {
        if (round.Run == up.Run && round.Own == up.Own)
        {
            return;
        }

        GoDown(round);
        round.Begin(up.Run, up.Own);
        if (round.Find(up.Own) is not null)
        {
            round.Remove(up.Own);
        }
    }

    private static void GoDown(LinkRound round)
    {
        round.Begin(run: 0, round.Own);
        foreach (var link in round.Links.Where(link => link.Phase != MeshLinkPhase.Waiting || link.Failures > 0))
        {
            round.Put(
                round.Wait(link, failures: 0, "the mesh service is not ready", round.FirstWait(link.Node.NodeId))
            );
        }
    }

    private static void Change(LinkRound round, PeersChanged change)
    {
        foreach (var node in change.Left)
        {
            round.Leave(node);
        }

        foreach (var node in change.Nodes.Where(node => node.NodeId != round.Own))
        {
            var known = round.Find(node.NodeId);
            var isSame = known is not null && known.Node.Run == node.Run && known.Node.Address == node.Address;
            round.Put(isSame && !BecameReady(known!, node) ? known! with { Node = node } : round.Fresh(node));
        }
    }

    // Where a session stands there is nothing to begin anew: if it does not stand any more, the next look at it says so.
    private static bool BecameReady(Link known, MeshNode node) =>
        known.Phase != MeshLinkPhase.Connected
        && known.Node.State != MeshNodeState.Ready
        && node.State == MeshNodeState.Ready;

    private static void Conclude(LinkRound round, Attempted attempt)
    {
        round.Land(attempt.Node);
        if (round.Find(attempt.Node) is not { Phase: not MeshLinkPhase.Connected } link)
        {
            return;
        }

        if (attempt.Result is AddResult.Connected { Peer: var peer } && peer == attempt.Node)
        {
            round.Put(round.Connect(link));
            return;
        }

        var reason = attempt.Result switch
        {
            AddResult.Failed failed => failed.Reason,
            AddResult.Connected other => $"{link.Node.Address} is node {other.Peer}",
            _ => throw new NotSupportedException($"No way to go on after {attempt.Result}."),
        };

        // The first failure has its wait too: a peer that refuses is asked again no sooner than that.
        var failures = link.Failures + 1;
        round.Put(round.Wait(link, failures, reason, BackOff.Delay(MeshPolicy.Attempts, failures + 1, round.Sample)));
    }

    private static void Compare(LinkRound round, Seen seen)
    {
        foreach (var link in round.Links)
        {
            var isThere = seen.Peers.Contains(link.Node.NodeId);
            if (isThere && link.Phase != MeshLinkPhase.Connected)
            {
                round.Put(round.Connect(link));
            }
            else if (!isThere && link.Phase == MeshLinkPhase.Connected && link.Since.Monotonic <= seen.AskedAt)
            {
                round.Put(round.Wait(link, failures: 0, "the session was lost", round.FirstWait(link.Node.NodeId)));
            }
        }

        round.DropLeftovers(seen.Peers);
        round.Looked();
    }
}
