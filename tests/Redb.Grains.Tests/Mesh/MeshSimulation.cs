using Redb.Grains.Mesh;

namespace Redb.Grains.Tests.Mesh;

/// <summary>
/// Some nodes with real machines above a network of pretended sessions, which can be cut, and meshes that restart. Time goes in steps. Checks at each
/// one what must never happen.
/// </summary>
internal sealed class MeshSimulation
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly LinkScript[] _nodes;
    private readonly long[] _runs;
    private readonly HashSet<(int, int)> _sessions = [];
    private readonly HashSet<(int, int)> _cuts = [];
    private readonly Queue<(int Node, LinkEffect Effect)> _pending = [];

    public MeshSimulation(int count)
    {
        _nodes = [.. Enumerable.Range(0, count).Select(i => new LinkScript(Id(i)))];
        _runs = new long[count];
        for (var i = 0; i < count; i++)
        {
            Restart(i);
        }
    }

    public int Count => _nodes.Length;

    public bool IsWhole =>
        _sessions.Count == Count * (Count - 1) / 2 && _nodes.All(node => node.State.Connected == Count - 1);

    public void Restart(int i)
    {
        _sessions.RemoveWhere(pair => pair.Item1 == i || pair.Item2 == i);
        Play(i, node => node.Play(new LinkInput.Down()));
        _runs[i]++;
        Play(i, node => node.Up(_runs[i]));
        foreach (var other in Enumerable.Range(0, Count))
        {
            // Everybody hears of it; a node hears of itself, too.
            Play(other, node => node.Peers(Nodes.Ready(Id(i), _runs[i])));
        }
    }

    public void Lose(int i, int j) => _sessions.Remove(Pair(i, j));

    public void Cut(int i, int j)
    {
        _cuts.Add(Pair(i, j));
        Lose(i, j);
    }

    public void Heal() => _cuts.Clear();

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            for (var i = 0; i < Count; i++)
            {
                Play(i, node => node.After(Step));
            }

            foreach (var _ in Enumerable.Range(0, _pending.Count))
            {
                var (node, effect) = _pending.Dequeue();
                Perform(node, effect);
            }
        }
    }

    private static ulong Id(int i) => (ulong)i + 1;

    private static (int, int) Pair(int i, int j) => (Math.Min(i, j), Math.Max(i, j));

    private void Play(int i, Action<LinkScript> play)
    {
        play(_nodes[i]);
        _nodes[i].Attempts.Should().NotContain(Id(i), "a node has no session with itself");
        _nodes[i].State.InFlight.Count.Should().BeLessThanOrEqualTo(MeshPolicy.MostInFlight);
        foreach (var effect in _nodes[i].Effects)
        {
            _pending.Enqueue((i, effect));
        }
    }

    private void Perform(int i, LinkEffect effect)
    {
        switch (effect)
        {
            case LinkEffect.Add add:
                var peer = (int)add.Node - 1;
                if (_cuts.Contains(Pair(i, peer)))
                {
                    Play(i, node => node.Play(new LinkInput.Attempted(add.Run, add.Node, new AddResult.Failed("cut"))));
                    return;
                }

                // A run that is gone made no session.
                if (add.Run == _runs[i])
                {
                    _sessions.Add(Pair(i, peer));
                }

                Play(
                    i,
                    node => node.Play(new LinkInput.Attempted(add.Run, add.Node, new AddResult.Connected(add.Node)))
                );
                break;
            case LinkEffect.Drop drop:
                Lose(i, (int)drop.Node - 1);
                break;
            case LinkEffect.Verify verify:
                var seen = Enumerable.Range(0, Count).Where(j => j != i && _sessions.Contains(Pair(i, j))).Select(Id);
                Play(i, node => node.Play(new LinkInput.Seen(verify.Run, node.Elapsed, seen.ToHashSet())));
                break;
            default:
                throw new NotSupportedException();
        }
    }
}
