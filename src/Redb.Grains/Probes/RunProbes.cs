using Redb.Abstractions.Probes;
using Redb.Abstractions.Services;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Grains.Probes;

/// <summary>Runs <see cref="ProbeMachine"/> for the live run of one service: its timers, its attempts, its news.</summary>
internal sealed class RunProbes(ServicePlan plan, IProber prober, GrainTimers timers, TimeProvider time) : IDisposable
{
    private const string StartupTimer = "probe.startup";
    private const string SilenceTimer = "probe.silence";

    private ProbeState _state = new() { IsOver = true };
    private IRunReports? _reports;
    private CancellationTokenSource _life = new();
    private readonly Dictionary<ProbeRole, Task> _attempts = [];

    /// <summary>Where news for the service's machine goes.</summary>
    public required Func<ServiceInput, Task> Tell { get; init; }

    /// <summary>Begins with a run, and forgets the one before.</summary>
    /// <param name="run">The run to probe.</param>
    /// <param name="phase">The phase an earlier supervisor left it in; null for a run that was just launched.</param>
    /// <param name="reports">Where results of attempts go.</param>
    public Task BeginAsync(RunId run, ServicePhase? phase, IRunReports reports)
    {
        End();
        _reports = reports;
        _state = new() { Run = run };
        return HandleAsync(phase is { } left ? new ProbeInput.Resumed(left) : new ProbeInput.Began());
    }

    /// <summary>Ends what is asked of the run and forgets it: late results change nothing.</summary>
    public void End()
    {
        _life.Cancel();
        _life.Dispose();
        _life = new();
        _state = new() { IsOver = true };
        timers.Cancel(StartupTimer);
        timers.Cancel(SilenceTimer);
        foreach (var role in Enum.GetValues<ProbeRole>())
        {
            timers.Cancel(AttemptTimer(role));
        }
    }

    public void Dispose() => End();

    public async Task HandleAsync(ProbeInput input)
    {
        var (state, effects) = ProbeMachine.Next(_state, input, plan.Configuration.Probes, Moment.Of(time));
        _state = state;
        foreach (var effect in effects)
        {
            await PerformAsync(effect);
        }
    }

    public Task ProbedAsync(RunId run, ProbeRole role, ProbeResult result) =>
        run == _state.Run ? HandleAsync(new ProbeInput.Attempted(role, result)) : Task.CompletedTask;

    private Task PerformAsync(ProbeEffect effect)
    {
        switch (effect)
        {
            case ProbeEffect.Tell tell:
                return Tell(tell.Input);
            case ProbeEffect.Attempt { Delay.Ticks: 0 } attempt:
                return BeginAttemptAsync(attempt.Role);
            case ProbeEffect.Attempt attempt:
                timers.Set(AttemptTimer(attempt.Role), attempt.Delay, () => BeginAttemptAsync(attempt.Role));
                break;
            case ProbeEffect.ScheduleStartup startup:
                timers.Set(StartupTimer, startup.Delay, () => HandleAsync(new ProbeInput.StartupDue()));
                break;
            case ProbeEffect.ScheduleSilence silence:
                timers.Set(SilenceTimer, silence.Delay, () => HandleAsync(new ProbeInput.SilenceDue()));
                break;
            default:
                throw new NotSupportedException($"No way to perform {effect}.");
        }

        return Task.CompletedTask;
    }

    // The grain never waits for an attempt: the result comes back as a turn of its own.
    private Task BeginAttemptAsync(ProbeRole role)
    {
        _attempts[role] = AttemptAsync(role, _state.Run, _reports!, _life.Token);
        return Task.CompletedTask;
    }

    private async Task AttemptAsync(ProbeRole role, RunId run, IRunReports reports, CancellationToken cancellationToken)
    {
        var target = TargetOf(role);
        var result =
            target.Port == 0 && target.Probe.Kind != ProbeKind.Exec
                ? new ProbeResult(Passed: true, "no port to ask")
                : await ProbeAsync(target, cancellationToken);
        if (!cancellationToken.IsCancellationRequested)
        {
            await reports.ProbedAsync(run, role, result);
        }
    }

    // A prober that breaks its word must not end the probing of a service that then nobody watches.
    private async Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await prober.ProbeAsync(target, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new(Passed: false, $"the {target.Probe.Kind} probe itself failed: {failure.Message}");
        }
    }

    private ProbeTarget TargetOf(ProbeRole role)
    {
        var probes = plan.Configuration.Probes;
        var probe = role switch
        {
            ProbeRole.Startup => probes.Startup,
            ProbeRole.Readiness => probes.Readiness,
            _ => probes.Liveness,
        };
        // What is asked of a service that sends heartbeats is whether its port accepts a connection.
        var asked =
            probe.Kind == ProbeKind.Heartbeat ? probe with { Kind = ProbeKind.Tcp, Timeout = probe.Interval } : probe;
        var host = probe.Host.Length > 0 ? probe.Host : plan.Host;
        return new(asked, host, plan.PortOf(probe), plan.Order.Environment, plan.Order.WorkingDirectory);
    }

    private static string AttemptTimer(ProbeRole role) =>
        role switch
        {
            ProbeRole.Startup => "probe.attempt.startup",
            ProbeRole.Readiness => "probe.attempt.readiness",
            _ => "probe.attempt.liveness",
        };
}
