using Microsoft.Extensions.Logging;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Mesh;
using Redb.Abstractions.Services;
using Redb.Grains.Hosts;
using Redb.Grains.Instances;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Mesh;

/// <summary>
/// The mesh node of one group: announces it to the mesh, hears of its peers, and keeps the sessions of the group's mesh service as
/// <see cref="LinkMachine"/> wants them. Nothing it asks of others is waited for in a turn.
/// </summary>
[OnHost]
[KeepAlive]
internal sealed partial class MeshNodeGrain : Grain, IMeshNodeGrain, IMeshMember, IMeshObserver, IDisposable
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(1);

    private readonly GroupKey _key;
    private readonly MeshPlan? _plan;
    private readonly MeshPolicy _policy;
    private readonly MeshWorld _world;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly GrainTimers _timers;
    private readonly GrainWork _work;
    private readonly EventLog _events;
    private readonly ILogger<MeshNodeGrain> _logger;
    private readonly string? _control;
    private readonly Dictionary<string, (long Revision, ServicePhase Phase, long Run)> _services = new(
        StringComparer.Ordinal
    );

    private IGroupMembers _group = null!;
    private MeshStanding? _reported;
    private long _reports;

    public MeshNodeGrain(
        HostPlan host,
        MeshWorld world,
        TimeProvider time,
        Random random,
        ILogger<MeshNodeGrain> logger
    )
    {
        (_world, _time, _random, _logger) = (world, time, random, logger);
        _key = GroupKey.Parse(this.GetPrimaryKeyString());
        var group =
            host.FindGroup(_key) ?? throw new KeyNotFoundException($"Group '{_key}' is not configured on this host.");
        _plan = group.Mesh;
        _policy = new(_plan?.Settings ?? new());
        _timers = new(this);
        _work = new(time, logger);
        _events = world.Events.Of(_key);
        _control = MeshPlan.EndpointOf(host.FindService(_key.ToService(MeshPlan.MeshService)));
        _coreEndpoint = MeshPlan.EndpointOf(host.FindService(_key.ToService(MeshPlan.CoreService)));
        _own = _plan?.NodeId ?? 0;
        _claim = _own == 0 ? ClaimState.Free : ClaimState.Pending;
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Activation.LetGoAsync();
        _group = GrainFactory.GetGrain<IGroupMembers>(_key.ToString());
        _mesh = GrainFactory.GetGrain<IMeshMembers>(_policy.Mesh.Name);
        _self = this.AsReference<IMeshObserver>();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _work.EndAsync(EndPatience);
        await SayGoodbyeAsync();
    }

    public ValueTask BeginAsync()
    {
        if (_plan is not null && !_hasBegun)
        {
            _hasBegun = true;
            if (_own == 0)
            {
                // Only the mesh service itself can say who it is: there is nothing to claim before it runs.
                Report();
            }

            RenewNow();
        }

        return default;
    }

    public ValueTask ServiceChangedAsync(string service, long revision, ServicePhase phase, long run)
    {
        if (_plan is null || (_services.TryGetValue(service, out var known) && known.Revision >= revision))
        {
            return default;
        }

        _services[service] = (revision, phase, run);
        if (service == MeshPlan.MeshService)
        {
            FollowMesh(phase, run);
        }
        else
        {
            FollowCore(phase);
        }

        return default;
    }

    public ValueTask PeersChangedAsync(MeshNews news)
    {
        Hear(news);
        return default;
    }

    public ValueTask SilosChangedAsync(ClusterSilos silos)
    {
        _silos = silos;
        Reconsider();
        return default;
    }

    public Task<MeshLinksView> GetLinksAsync() =>
        Task.FromResult(
            new MeshLinksView
            {
                Host = _key.Host,
                Group = _key.Group,
                Mesh = _plan is null ? "" : _policy.Mesh.Name,
                Own = _own == 0 ? null : OwnNode(),
                Trouble = Trouble(),
                Links = [.. _links.Links.Values.OrderBy(link => link.Node.NodeId).Select(link => link.Show())],
                Others = [.. _links.Others.Order()],
            }
        );

    public void Dispose() => _work.Dispose();

    private bool IsReady(string service) => _services.TryGetValue(service, out var known) && known.Phase.IsReady();

    private string Trouble() =>
        _plan is null ? "the group has no mesh service"
        : _refusal.Length > 0 ? _refusal
        : _controlTrouble.Length > 0 ? $"the mesh service does not answer: {_controlTrouble}"
        : _meshTrouble.Length > 0 ? _meshTrouble
        : _own == 0 && _hasBegun ? "its node id is not known before its mesh service is ready"
        : "";

    // One way: the group may be waiting for a service that waits for us.
    private void Report()
    {
        var standing = MeshStanding.Of(_claim, _refusal, _hasLooked ? _links.Connected : null, _policy.Mesh.MinPeers);
        if (standing != _reported)
        {
            _reported = standing;

            // Also higher than the numbers of an activation that failed.
            _reports = Math.Max(_reports + 1, Moment.Of(_time).Monotonic.Ticks);
            _work.Run("tell the group", _ => _group.MeshStandsAsync(standing, _reports).AsTask());
        }
    }
}
