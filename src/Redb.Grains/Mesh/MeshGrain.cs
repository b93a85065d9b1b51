using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Redb.Abstractions.Mesh;
using Redb.Grains.Hosts;
using Redb.Grains.Services;

namespace Redb.Grains.Mesh;

/// <summary>
/// One mesh: turns what groups announce into inputs for <see cref="MeshMachine"/>, and tells all of them what changed. It remembers nothing beyond its
/// life: when its silo dies, the next caller brings up another one elsewhere, which the groups tell everything within one renewal.
/// </summary>
// Chosen without regard to load: silos do not tell each other of theirs.
[RandomPlacement]
internal sealed partial class MeshGrain : Grain, IMeshGrain, IMeshMembers
{
    private const string PushTimer = "push";
    private const string SweepTimer = "sweep";

    // What happens within this time is told in one piece: a thousand nodes that start together are not a million messages.
    private static readonly TimeSpan PushAfter = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time;
    private readonly ILogger<MeshGrain> _logger;
    private readonly GrainTimers _timers;
    private readonly Dictionary<string, IMeshObserver> _observers = new(StringComparer.Ordinal);
    private MeshState _state;
    private long _pushed;
    private bool _isPushing;

    public MeshGrain(TimeProvider time, Random random, ILogger<MeshGrain> logger)
    {
        (_time, _logger) = (time, logger);
        _timers = new(this);
        _state = MeshState.Begin(random.NextInt64(1, long.MaxValue), Moment.Of(time));
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Activation.LetGoAsync();
        var name = this.GetPrimaryKeyString();
        LogBegan(name, _state.Epoch);
        SweepLater();
    }

    public ValueTask<MeshAnswer> AnnounceAsync(MeshAnnouncement announcement, IMeshObserver observer)
    {
        var (refusal, admission) = Handle(new MeshInput.Announced(announcement));
        if (refusal.Length > 0)
        {
            return new(new MeshAnswer(refusal, null, admission));
        }

        _observers[announcement.GroupKey()] = observer;
        var news = MeshMachine.NewsSince(_state, announcement.Epoch, announcement.Revision, Moment.Of(_time));
        return new(new MeshAnswer("", news, admission));
    }

    public ValueTask LeaveAsync(string group)
    {
        Handle(new MeshInput.Left(group));
        return default;
    }

    public ValueTask SilosChangedAsync(ClusterSilos silos)
    {
        var lost = _state.Members.Where(pair => silos.HasLost(pair.Value.Node.Host, pair.Value.Node.Group));
        Handle(new MeshInput.GroupsLost([.. lost.Select(pair => pair.Key)]));
        return default;
    }

    public Task<MeshView> GetViewAsync()
    {
        var now = Moment.Of(_time);
        var nodes = _state
            .Members.Values.OrderBy(member => member.Node.NodeId)
            .Select(member => new MeshNodeView(member.Node, now.Monotonic - member.HeardAt, member.Since.Wall));
        return Task.FromResult(
            new MeshView
            {
                Name = this.GetPrimaryKeyString(),
                Epoch = _state.Epoch,
                Revision = _state.Revision,
                IsSettled = MeshMachine.IsSettled(_state, now),
                Nodes = [.. nodes],
                Conflicts =
                [
                    .. _state
                        .Refusals.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                        .Select(pair => pair.Value.Reason),
                ],
            }
        );
    }

    private (string Refusal, MeshAdmission Admission) Handle(MeshInput input)
    {
        var before = _state;
        var (state, refusal, admission) = MeshMachine.Next(before, input, Moment.Of(_time));
        _state = state;
        if (state.Revision != _pushed && !_isPushing)
        {
            _isPushing = true;
            _timers.Set(PushTimer, PushAfter, PushAsync);
        }

        return (refusal, admission);
    }

    private async Task PushAsync()
    {
        _isPushing = false;
        var news = MeshMachine.NewsSince(_state, _state.Epoch, _pushed, Moment.Of(_time));
        _pushed = _state.Revision;
        if (news is null)
        {
            return;
        }

        foreach (var group in _observers.Keys.Where(group => !_state.Members.ContainsKey(group)).ToList())
        {
            _observers.Remove(group);
        }

        // One way: nobody is waited for, and who misses it asks for it with the next renewal.
        foreach (var observer in _observers.Values)
        {
            await observer.PeersChangedAsync(news);
        }
    }

    private void SweepLater() =>
        _timers.Set(
            SweepTimer,
            SweepEvery,
            () =>
            {
                Handle(new MeshInput.Swept());
                SweepLater();
                return Task.CompletedTask;
            }
        );

    [LoggerMessage(EventId = 1301, Level = LogLevel.Debug, Message = "Mesh {Mesh} begins epoch {Epoch}.")]
    private partial void LogBegan(string mesh, long epoch);
}
