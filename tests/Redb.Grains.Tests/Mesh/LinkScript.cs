using Redb.Abstractions.Mesh;
using Redb.Grains.Mesh;

namespace Redb.Grains.Tests.Mesh;

/// <summary>Plays inputs to the machine of one node's links on a clock of its own, and remembers what it answered.</summary>
internal sealed class LinkScript(ulong own)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly MeshPolicy Policy = new(new());

    private TimeSpan _elapsed = TimeSpan.FromHours(1);

    public LinkState State { get; private set; } = new();

    public IReadOnlyList<LinkEffect> Effects { get; private set; } = [];

    public TimeSpan? ComeBack { get; private set; }

    public TimeSpan Elapsed => _elapsed;

    public IEnumerable<ulong> Attempts => Effects.OfType<LinkEffect.Add>().Select(add => add.Node);

    public IEnumerable<ulong> Drops => Effects.OfType<LinkEffect.Drop>().Select(drop => drop.Node);

    public bool Looks => Effects.Any(effect => effect is LinkEffect.Verify);

    public Link this[ulong node] => State.Links[node];

    public LinkScript After(TimeSpan time)
    {
        _elapsed += time;
        return Play(new LinkInput.Ticked());
    }

    public LinkScript Play(LinkInput input, double sample = 0)
    {
        (State, var effects, ComeBack) = LinkMachine.Next(State, input, Policy, new(Noon + _elapsed, _elapsed), sample);
        Effects = effects;
        return this;
    }

    public LinkScript Up(long run = 1) => Play(new LinkInput.Up(run, own));

    public LinkScript Sees(params ulong[] peers) => Play(new LinkInput.Seen(State.Run, _elapsed, peers.ToHashSet()));

    public LinkScript Peers(params MeshNode[] nodes) => Play(new LinkInput.PeersChanged([.. nodes], []));

    public LinkScript Left(params ulong[] nodes) => Play(new LinkInput.PeersChanged([], [.. nodes]));

    public LinkScript Succeeds(ulong node) =>
        Play(new LinkInput.Attempted(State.Run, node, new AddResult.Connected(node)));

    public LinkScript Fails(ulong node, string reason = "refused") =>
        Play(new LinkInput.Attempted(State.Run, node, new AddResult.Failed(reason)));
}
