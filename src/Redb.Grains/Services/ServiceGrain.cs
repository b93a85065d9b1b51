using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Planning;
using Redb.Grains.Probes;

namespace Redb.Grains.Services;

/// <summary>
/// Owns one service: turns calls and news into inputs for <see cref="ServiceMachine"/>, carries out the effects it
/// answers with, and tells the group what changed.
/// </summary>
[OnHost]
[KeepAlive]
internal sealed partial class ServiceGrain : Grain, IServiceGrain, IRunReports, IDisposable
{
    private readonly Surroundings _world;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger<ServiceGrain> _logger;
    private readonly ServicePlan _plan;
    private readonly ServicePolicy _policy;
    private readonly string _limits;
    private readonly Conversation _conversation;
    private readonly GrainTimers _timers;
    private readonly RunProbes _probes;
    private readonly Queue<ServiceInput> _inputs = [];

    private readonly EventLog _events;

    private ServiceState _state;
    private ServiceMemory _remembered = new();
    private RunIdentity? _process;
    private long _revision;
    private long _heard;
    private long _command;
    private ServiceOrder _order = new(0, Gate.Unknown, 0, Wanted.Down, null);
    private bool _isHandling;
    private IGroupMembers _group = null!;
    private IRunReports _reports = null!;

    public ServiceGrain(
        HostPlan host,
        Surroundings world,
        EventLogs events,
        TimeProvider time,
        Random random,
        ILogger<ServiceGrain> logger
    )
    {
        (_world, _time, _random, _logger) = (world, time, random, logger);
        var key = ServiceKey.Parse(this.GetPrimaryKeyString());
        _plan =
            host.FindService(key) ?? throw new KeyNotFoundException($"Service '{key}' is not configured on this host.");
        _policy = _plan.ToPolicy();
        _events = events.Of(key.ToGroup());
        _limits = world.Limits.Describe(_plan.Order.Resources);
        _conversation = new(_plan, world.Peers);
        _timers = new(this);
        _probes = new(_plan, world.Prober, _timers, time) { Tell = HandleAsync };
        _state = _plan.Configuration.Enabled ? ServiceState.Initial : ServiceState.Disabled;
    }

    private string Name => _plan.Key.Service;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Activation.LetGoAsync();
        _group = GrainFactory.GetGrain<IGroupMembers>(_plan.Key.ToGroup().ToString());
        _reports = this.AsReference<IRunReports>();
        if (_plan.Configuration.Enabled)
        {
            await ResumeAsync();
        }
    }

    public async ValueTask ObeyAsync(ServiceOrder order)
    {
        if (order.Number <= _order.Number)
        {
            return;
        }

        var before = _order;
        _order = order;
        if (order.Gate != before.Gate)
        {
            await HandleAsync(new ServiceInput.GateChanged(order.Gate));
        }

        if (order.Command > before.Command)
        {
            // Not a step earlier: what the journal says was heard, no successor tells again.
            _command = order.Command;
            await HandleAsync(
                order.Wanted == Wanted.Up
                    ? new ServiceInput.StartRequested()
                    : new ServiceInput.StopRequested(order.Grace)
            );
        }

        // Only now: a report on the way must not claim the second half of the order. And even where it changes
        // nothing: the group waits for it.
        _heard = order.Number;
        Remember([]);
        await TellGroupAsync();
    }

    public async ValueTask KillAsync() => await HandleAsync(new ServiceInput.KillRequested());

    public ValueTask<ServiceView> GetViewAsync() => new(View());

    public async ValueTask<RegistrationReply> RegisterAsync(Registration registration)
    {
        var reply = _conversation.Register(registration);
        Remember([.. NewsOf(registration)]);

        var told = _revision;
        await HandleAsync(new ServiceInput.Registered(_state.Run));
        if (_revision == told)
        {
            // No news for the machine, as with a second registration of a run, is still news for who looks on.
            await TellGroupAsync();
        }

        // It will present this id for as long as it lives, to whichever supervisor there is then.
        await _world.Journal.FlushAsync();
        return reply;
    }

    public async ValueTask<bool> UnregisterAsync(string serviceId, string reason)
    {
        if (!_conversation.Knows(serviceId))
        {
            return false;
        }

        _conversation.End();
        Remember([News(EventKind.Unregistered, reason.Length > 0 ? $"unregistered: {reason}" : "unregistered")]);
        await TellGroupAsync();
        return true;
    }

    public async ValueTask<HeartbeatReply> HeartbeatAsync(
        string serviceId,
        ServiceHealth health,
        ServiceMetrics? metrics
    )
    {
        if (!_conversation.Knows(serviceId))
        {
            return HeartbeatReply.Unknown;
        }

        var reply = _conversation.Hear(health, metrics, _time.GetUtcNow());
        await _probes.HandleAsync(new ProbeInput.Heartbeat(health));
        return reply;
    }

    public ValueTask<bool> OverrideAsync(ImmutableDictionary<string, string> overrides)
    {
        var isTaken = _conversation.Override(overrides);
        Remember([]);
        return new(isTaken);
    }

    async ValueTask IRunReports.ExitedAsync(RunId run, RunExit exit) =>
        await HandleAsync(new ServiceInput.Exited(run, exit));

    async ValueTask IRunReports.NotifiedAsync(RunId run)
    {
        if (run == _state.Run)
        {
            await _probes.HandleAsync(new ProbeInput.Notified());
        }
    }

    async ValueTask IRunReports.ProbedAsync(RunId run, ProbeRole role, ProbeResult result) =>
        await _probes.ProbedAsync(run, role, result);

    async ValueTask IRunReports.StopRefusedAsync(RunId run, string reason) =>
        await HandleAsync(new ServiceInput.StopRefused(run, reason));

    async ValueTask IRunReports.LimitExceededAsync(RunId run, string reason) =>
        await HandleAsync(new ServiceInput.ProbeFailed(run, reason));

    public void Dispose() => _probes.Dispose();

    /// <summary>Runs inputs through the machine one after the other; what an effect brings about is an input after the present one.</summary>
    private async Task HandleAsync(ServiceInput input)
    {
        _inputs.Enqueue(input);
        if (_isHandling)
        {
            return;
        }

        _isHandling = true;
        try
        {
            while (_inputs.TryDequeue(out var next))
            {
                await StepAsync(next);
            }
        }
        finally
        {
            _isHandling = false;
        }
    }

    private async Task StepAsync(ServiceInput input)
    {
        var before = _state;
        var lastLines = input is ServiceInput.Exited ? LastLines() : "";
        var (state, effects) = ServiceMachine.Next(before, input, _policy, Moment.Of(_time), _random.NextDouble());
        _state = state;
        if (effects.Any(effect => effect is ServiceEffect.Forget))
        {
            _conversation.End();
        }

        // Before anything is done about it: a successor may repeat what was under way, but must not miss it.
        Remember([.. NewsOf(before, input, lastLines)]);
        foreach (var effect in effects)
        {
            await PerformAsync(effect);
        }

        if (state != before)
        {
            await TellGroupAsync();
        }
    }

    private ValueTask TellGroupAsync()
    {
        _revision++;
        return _group.ServiceChangedAsync(View(), _heard);
    }

    private ServiceView View() =>
        new()
        {
            Name = Name,
            Revision = _revision,
            Wanted = _state.Wanted,
            Phase = _state.Phase,
            Reason = _state.Reason,
            Since = _state.Since.Wall,
            Run = _state.Run.Value,
            Pid = _state.Pid,
            StartedAt = _state.Phase.IsLive() ? _state.StartedAt.Wall : null,
            ReadyAt = _state.ReadyAt?.Wall,
            Restarts = _state.Restarts,
            Failures = _state.Failures,
            MaxFailures = _policy.Restart.MaxFailures,
            RestartDue = _state.RestartDue,
            LastExit = _state.LastExit,
            Required = _plan.Configuration.Required,
            Dependencies = [.. _plan.Configuration.Dependencies.Select(edge => edge.Service)],
            Port = _plan.Port,
            ServiceId = _conversation.ServiceId,
            Registration = _conversation.Registration,
            Health = _conversation.Health,
            LastHeartbeat = _conversation.LastHeartbeat,
            Metrics = _conversation.Metrics,
            Limits = _limits,
        };
}
