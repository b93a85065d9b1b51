namespace Redb.Grains.Services;

/// <content>What the service's machine asks for, done.</content>
internal sealed partial class ServiceGrain
{
    private const string RungTimer = "rung";
    private const string RestartTimer = "restart";

    private Task PerformAsync(ServiceEffect effect)
    {
        switch (effect)
        {
            case ServiceEffect.Launch launch:
                return LaunchAsync(launch.Run);
            case ServiceEffect.Probe probe:
                return _probes.BeginAsync(probe.Run, probe.Phase, _reports);
            case ServiceEffect.AskToStop ask:
                _world.Controller.RequestStop(_plan.Key, ask.Run, Endpoint, ask.Grace, _reports);
                break;
            case ServiceEffect.Signal signal:
                _world.Processes.Signal(_plan.Key, signal.Run, signal.Number);
                break;
            case ServiceEffect.ScheduleRung due:
                _timers.Set(RungTimer, due.Delay, () => HandleAsync(new ServiceInput.RungDue(due.Run, due.Rung)));
                break;
            case ServiceEffect.ScheduleRestart due:
                _timers.Set(RestartTimer, due.Delay, () => HandleAsync(new ServiceInput.RestartDue(due.Run)));
                break;
            case ServiceEffect.CancelRestart:
                _timers.Cancel(RestartTimer);
                break;
            case ServiceEffect.Forget:
                _timers.CancelAll();
                _probes.End();
                break;
            default:
                throw new NotSupportedException($"No way to perform {effect}.");
        }

        return Task.CompletedTask;
    }

    private string Endpoint
    {
        get
        {
            var host = _plan.Host.Contains(':', StringComparison.Ordinal) ? $"[{_plan.Host}]" : _plan.Host;
            return $"{host}:{_plan.Port ?? _conversation.Registration?.Port ?? 0}";
        }
    }

    private async Task LaunchAsync(RunId run)
    {
        // Whoever has registered while nothing ran here is not this run, and must not speak for it.
        _conversation.End();

        // The intent is in the journal first: whatever happens from here on, a successor looks for this run before it starts another.
        await _world.Journal.FlushAsync();
        var result = _world.Processes.Launch(_plan.Order with { Run = run }, _reports);
        _process = (result as LaunchResult.Started)?.Process;
        _inputs.Enqueue(
            result switch
            {
                LaunchResult.Started started => new ServiceInput.Launched(run, started.Process.Pid),
                LaunchResult.Refused refused => new ServiceInput.LaunchRefused(run, refused.Reason),
                _ => throw new NotSupportedException($"No way to go on after {result}."),
            }
        );
    }
}
