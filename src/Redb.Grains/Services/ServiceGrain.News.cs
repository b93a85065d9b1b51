using Microsoft.Extensions.Logging;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;

namespace Redb.Grains.Services;

/// <content>What is told of the service: the events that a step brings about.</content>
internal sealed partial class ServiceGrain
{
    // Enough of a log to see why a process died, little enough to read in a table of events.
    private const int LinesInExitEvent = 5;

    private IEnumerable<ServiceNews> NewsOf(ServiceState before, ServiceInput input, string lastLines)
    {
        if (input is ServiceInput.Exited exited && exited.Run == before.Run)
        {
            var pid = before.Pid is { } number ? $" of pid {number}" : "";
            yield return News(
                EventKind.Exited,
                $"{exited.Run}{pid} ended: {exited.Exit.Describe()}",
                lastLines,
                exited.Run
            );
        }
        else if (input is ServiceInput.LaunchRefused refused)
        {
            yield return News(EventKind.LaunchFailed, refused.Reason, "", refused.Run);
        }
        else if (input is ServiceInput.Resumed { Pid: { } pid } resumed)
        {
            yield return News(EventKind.Adopted, $"{resumed.Run} lives on as pid {pid}");
        }

        if (_state.Phase != before.Phase)
        {
            LogPhaseChanged(Name, before.Phase, _state.Phase, _state.Reason);
            var reason = _state.Reason.Length > 0 ? $": {_state.Reason}" : "";
            yield return News(EventKind.PhaseChanged, $"{before.Phase} -> {_state.Phase}{reason}");
        }
    }

    private IEnumerable<ServiceNews> NewsOf(Registration registration)
    {
        yield return News(EventKind.Registered, $"registered as {registration.Name} {registration.Version}".TrimEnd());
        if (registration.Port > 0 && _plan.Port is { } planned && registration.Port != planned)
        {
            yield return News(
                EventKind.Warning,
                $"says it listens on port {registration.Port}, planned is {planned}: probes and stop use the planned one"
            );
        }
    }

    // The end of a run is told when the next may have begun already.
    private ServiceNews News(EventKind kind, string message, string detail = "", RunId? run = null) =>
        new(_time.GetUtcNow(), Name, kind, message, _state.Phase, (run ?? _state.Run).Value, detail);

    private string LastLines() => string.Join('\n', _world.Logs.ReadLast(_plan.Order.LogFile, LinesInExitEvent));

    [LoggerMessage(EventId = 1001, Level = LogLevel.Debug, Message = "{Service}: {Before} -> {After} {Reason}")]
    private partial void LogPhaseChanged(string service, ServicePhase before, ServicePhase after, string reason);
}
