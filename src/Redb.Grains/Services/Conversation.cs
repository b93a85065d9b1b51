using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Grains.Mesh;
using Redb.Grains.Planning;

namespace Redb.Grains.Services;

/// <summary>What a service has said to us since its process began, and what we owe it.</summary>
internal sealed class Conversation(ServicePlan plan, PeerSettings peers)
{
    // COMMAND_TYPE_RELOAD_CONFIG on the wire.
    private const int ReloadConfig = 1;

    /// <summary>So many settings may be overridden; who wants more edits the file.</summary>
    public const int MaxOverrides = 1000;

    private ImmutableDictionary<string, string> _overrides = ImmutableDictionary<string, string>.Empty;
    private ImmutableDictionary<string, string>? _update;
    private bool _trustsNext;
    private string _toldPeers = "";

    public string? ServiceId { get; private set; }

    public Registration? Registration { get; private set; }

    public ServiceHealth Health { get; private set; }

    public DateTimeOffset? LastHeartbeat { get; private set; }

    public ServiceMetrics? Metrics { get; private set; }

    /// <summary>Settings in place of configured ones, for this run and those to come.</summary>
    public ImmutableDictionary<string, string> Overrides => _overrides;

    /// <summary>
    /// Goes on with a run that registered with an earlier supervisor. The id that one gave out is all the run will ever present; if it was
    /// not written down, the first id of the right form is taken for it.
    /// </summary>
    public void Resume(string? serviceId, Registration? registration, ImmutableDictionary<string, string> overrides)
    {
        (ServiceId, Registration, _overrides) = (serviceId, registration, overrides);
        _trustsNext = serviceId is null;
    }

    /// <summary>Takes a registration. The same instance keeps its id, another one replaces whoever was registered before.</summary>
    public RegistrationReply Register(Registration registration)
    {
        var isSame = ServiceId is not null && registration.InstanceId == Registration?.InstanceId;
        if (!isSame)
        {
            End();
            ServiceId = Services.ServiceId.New(plan.Key.Service);
        }

        Registration = registration;
        _toldPeers = peers.Of(plan.Key.ToGroup());
        return new()
        {
            Success = true,
            Message = "Service registered successfully",
            ServiceId = ServiceId!,
            Initial = new(
                InitialConfig(),
                plan.Configuration.Environment,
                plan.Configuration.Resources.MaxMemoryMb,
                plan.Configuration.Resources.MaxCpuPercent
            ),
        };
    }

    private ImmutableDictionary<string, string> InitialConfig()
    {
        var settings = plan.InitialConfig.SetItems(_overrides);
        return TellsPeers && _toldPeers.Length > 0 ? settings.SetItem(MeshPlan.PeersKey, _toldPeers) : settings;
    }

    public bool Knows(string serviceId)
    {
        if (_trustsNext && Services.ServiceId.IsOf(plan.Key.Service, serviceId))
        {
            (ServiceId, _trustsNext) = (serviceId, false);
        }

        return ServiceId is not null && ServiceId == serviceId;
    }

    public HeartbeatReply Hear(ServiceHealth health, ServiceMetrics? metrics, DateTimeOffset now)
    {
        Health = health;
        Metrics = metrics;
        LastHeartbeat = now;
        var told = _toldPeers;
        _toldPeers = peers.Of(plan.Key.ToGroup());
        if (_toldPeers != told && TellsPeers)
        {
            _update = (_update ?? ImmutableDictionary<string, string>.Empty).SetItem(MeshPlan.PeersKey, _toldPeers);
        }

        if (_update is not { } update)
        {
            return HeartbeatReply.NothingNew;
        }

        _update = null;
        return new(true, update, [ReloadConfig]);
    }

    /// <summary>Takes settings in place of configured ones, for this run and those to come.</summary>
    /// <returns>False, and nothing is taken, when there would be more than <see cref="MaxOverrides"/>.</returns>
    public bool Override(ImmutableDictionary<string, string> overrides)
    {
        var all = _overrides.SetItems(overrides);
        if (all.Count > MaxOverrides)
        {
            return false;
        }

        _overrides = all;
        if (ServiceId is not null && !overrides.IsEmpty)
        {
            _update = (_update ?? ImmutableDictionary<string, string>.Empty).SetItems(overrides);
        }

        return true;
    }

    // What somebody configured or set says more than what was found.
    private bool TellsPeers =>
        !plan.InitialConfig.ContainsKey(MeshPlan.PeersKey) && !_overrides.ContainsKey(MeshPlan.PeersKey);

    /// <summary>The process is gone or says goodbye: its id is worth nothing any more.</summary>
    public void End()
    {
        ServiceId = null;
        _trustsNext = false;
        Registration = null;
        Health = ServiceHealth.Unknown;
        LastHeartbeat = null;
        Metrics = null;
        _update = null;
    }
}
