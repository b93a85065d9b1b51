using System.Collections.Immutable;
using Redb.Abstractions.Mesh;
using Redb.Grains.Services;
using static Redb.Grains.Mesh.MeshInput;

namespace Redb.Grains.Mesh;

/// <summary>Decides which nodes a mesh has: an id and an address belong to one group at a time, for as long as it gives signs of life. Pure.</summary>
internal static class MeshMachine
{
    /// <summary>Changes that are kept for who missed some; who missed more is told everything.</summary>
    public const int MostChanges = 2000;

    // What a seeding takes at most: core has 30 s for it.
    private static readonly TimeSpan SeedTime = TimeSpan.FromSeconds(35);

    /// <summary>Answers one input.</summary>
    /// <param name="state">What is remembered so far.</param>
    /// <param name="input">What the mesh was told.</param>
    /// <param name="now">The time of the input.</param>
    public static MeshStep Next(MeshState state, MeshInput input, Moment now) =>
        input switch
        {
            Announced { Announcement: var said } => Hear(FreeOfExpired(state, said.Node, now), said, now),
            Left left => new(Remove(state, left.Group), "", MeshAdmission.None),
            GroupsLost lost => new(
                lost.Groups.Where(group => IsLosable(state, group)).Aggregate(state, Remove),
                "",
                MeshAdmission.None
            ),
            Swept => new(Sweep(state, now), "", MeshAdmission.None),
            _ => throw new NotSupportedException($"No way to answer {input}."),
        };

    /// <summary>Whether every group has had the time to announce itself.</summary>
    public static bool IsSettled(MeshState state, Moment now) =>
        now.Monotonic - state.Since.Monotonic >= state.SettlesAfter;

    /// <summary>What somebody does not know who knows a revision of an epoch; null when that is nothing.</summary>
    public static MeshNews? NewsSince(MeshState state, long epoch, long revision, Moment now)
    {
        var isSettled = IsSettled(state, now);
        if (epoch == state.Epoch && revision == state.Revision && !isSettled)
        {
            return null;
        }

        var isKept = epoch == state.Epoch && revision >= state.Revision - state.ChangeCount;
        return isKept && revision <= state.Revision
            ? Difference(state, revision, isSettled)
            : new()
            {
                Epoch = state.Epoch,
                From = -1,
                To = state.Revision,
                Nodes = [.. state.Members.Values.Select(member => member.Node)],
                IsSettled = isSettled,
            };
    }

    private static MeshNews Difference(MeshState state, long revision, bool isSettled)
    {
        // Of several changes of a node only the last one counts.
        var last = new Dictionary<ulong, MeshChange>();
        foreach (var change in revision == state.Revision ? [] : state.Changes)
        {
            if (change.Revision > revision)
            {
                last[change.NodeId] = change;
            }
        }

        return new()
        {
            Epoch = state.Epoch,
            From = revision,
            To = state.Revision,
            Nodes = [.. last.Values.Where(change => change.Node is not null).Select(change => change.Node!)],
            Left = [.. last.Values.Where(change => change.Node is null).Select(change => change.NodeId)],
            IsSettled = isSettled,
        };
    }

    private static MeshStep Hear(MeshState state, MeshAnnouncement announcement, Moment now)
    {
        var (group, node) = (announcement.GroupKey(), announcement.Node);
        var expires = now.Monotonic + announcement.Lease;
        if (Conflict(state, node, group) is { } conflict)
        {
            // What it held before it holds no longer: it says itself that it is another node now.
            var without = Remove(state, group);
            return new(
                without with
                {
                    Refusals = without.Refusals.SetItem(group, new(conflict, expires)),
                },
                conflict,
                MeshAdmission.None
            );
        }

        var known = state.Members.GetValueOrDefault(group);
        var heard = known?.Node == node ? state : Put(state, known, node, group);
        var since = known?.Node == node ? known.Since : now;
        heard = heard with
        {
            SettlesAfter =
                node.State != MeshNodeState.Away && announcement.Lease > heard.SettlesAfter
                    ? announcement.Lease
                    : heard.SettlesAfter,
            Members = heard.Members.SetItem(group, new(node, since, now.Monotonic, expires, announcement.Membership)),
            Refusals = heard.Refusals.Remove(group),
        };
        return Admit(heard, announcement, group, now);
    }

    private static string? Conflict(MeshState state, MeshNode node, string group)
    {
        if (state.ByNode.TryGetValue(node.NodeId, out var holder) && holder != group)
        {
            return $"mesh node id {node.NodeId} is taken by group {Name(state, holder)}, and claimed by group {node.Group} on {node.Host} ({node.Address}): "
                + "give one of them another services.mesh.node_id";
        }

        return state.ByAddress.TryGetValue(node.Address, out holder) && holder != group
            ? $"mesh address {node.Address} is taken by group {Name(state, holder)}, and claimed by group {node.Group} on {node.Host} (node {node.NodeId}): "
                + "give one of them another port, or its host another cluster.advertised_address"
            : null;
    }

    private static string Name(MeshState state, string group)
    {
        var node = state.Members[group].Node;
        return $"{node.Group} on {node.Host} (node {node.NodeId}, {node.Address})";
    }

    private static MeshState Put(MeshState state, MeshMember? known, MeshNode node, string group)
    {
        // A group whose node has another id now is a node that left and one that came.
        var without = known is not null && known.Node.NodeId != node.NodeId ? Remove(state, group) : state;
        var byAddress =
            known is not null && known.Node.Address != node.Address
                ? without.ByAddress.Remove(known.Node.Address)
                : without.ByAddress;
        return Log(
            without with
            {
                ByNode = without.ByNode.SetItem(node.NodeId, group),
                ByAddress = byAddress.SetItem(node.Address, group),
            },
            node.NodeId,
            node
        );
    }

    private static MeshState Remove(MeshState state, string group)
    {
        if (!state.Members.TryGetValue(group, out var member))
        {
            return state.Refusals.ContainsKey(group) ? state with { Refusals = state.Refusals.Remove(group) } : state;
        }

        return Log(
            state with
            {
                Members = state.Members.Remove(group),
                ByNode = state.ByNode.Remove(member.Node.NodeId),
                ByAddress = state.ByAddress.Remove(member.Node.Address),
            },
            member.Node.NodeId,
            null
        );
    }

    // One that said it would be away is not missed before its time.
    private static bool IsLosable(MeshState state, string group) =>
        state.Members.GetValueOrDefault(group)?.Node.State != MeshNodeState.Away;

    // Whoever holds the id or the address and should have been swept away already is in nobody's way.
    private static MeshState FreeOfExpired(MeshState state, MeshNode node, Moment now)
    {
        var holders = new[]
        {
            state.ByNode.GetValueOrDefault(node.NodeId),
            state.ByAddress.GetValueOrDefault(node.Address),
        };
        return holders
            .OfType<string>()
            .Where(holder => state.Members.TryGetValue(holder, out var member) && member.ExpiresAt <= now.Monotonic)
            .Aggregate(state, Remove);
    }

    private static MeshState Sweep(MeshState state, Moment now)
    {
        var swept = state
            .Members.Where(pair => pair.Value.ExpiresAt <= now.Monotonic)
            .Select(pair => pair.Key)
            .Aggregate(state, Remove);
        var refused = swept.Refusals.Where(pair => pair.Value.ExpiresAt <= now.Monotonic).Select(pair => pair.Key);
        return swept with { Refusals = swept.Refusals.RemoveRange(refused) };
    }

    private static MeshState Log(MeshState state, ulong id, MeshNode? node)
    {
        var revision = state.Revision + 1;
        var changes = state.Changes.Enqueue(new(revision, id, node));
        var isFull = state.ChangeCount == MostChanges;
        return state with
        {
            Revision = revision,
            Changes = isFull ? changes.Dequeue() : changes,
            ChangeCount = isFull ? MostChanges : state.ChangeCount + 1,
        };
    }

    /// <summary>The first clean node seeds, the others join a node that is in the mesh; before that is known, nobody does anything.</summary>
    private static MeshStep Admit(MeshState state, MeshAnnouncement announcement, string group, Moment now)
    {
        if (
            !announcement.WantsToJoin
            || announcement.Membership != MeshMembership.Clean
            || announcement.Node.State != MeshNodeState.Ready
        )
        {
            return new(state, "", MeshAdmission.None);
        }

        var target = state.Members.Values.FirstOrDefault(member =>
            member is { Membership: MeshMembership.Active, Node.State: MeshNodeState.Ready }
        );
        if (target is not null)
        {
            return new(state, "", MeshAdmission.Join(target.Node.Address));
        }

        // Somebody may be in the mesh and not have said so yet, or be about to seed it.
        var isTaken = state.Seeder.Length > 0 && state.Seeder != group && state.SeedsUntil > now.Monotonic;
        return !IsSettled(state, now) || isTaken
            ? new(state, "", MeshAdmission.None)
            : new(state with { Seeder = group, SeedsUntil = now.Monotonic + SeedTime }, "", MeshAdmission.Seed);
    }
}
