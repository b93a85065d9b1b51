using Microsoft.Extensions.Logging;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;

namespace Redb.Grains.Services;

/// <content>What is told of the service: the events that a step brings about.</content>
internal sealed partial class ServiceGrain
{
    private IEnumerable<ServiceNews> NewsOf(ServiceState before, ServiceInput input, string lastLines)
    {
        if (_state.Phase != before.Phase)
        {
            LogPhaseChanged(Name, before.Phase, _state.Phase, _state.Reason);
        }

        return ServiceStory.Of(Name, before, input, _state, lastLines, _time.GetUtcNow());
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

    private ServiceNews News(EventKind kind, string message) =>
        new(_time.GetUtcNow(), Name, kind, message, _state.Phase, _state.Run.Value, Detail: "");

    private string LastLines() =>
        string.Join('\n', _world.Logs.ReadLast(_plan.Order.LogFile, ServiceStory.LinesOfExit));

    [LoggerMessage(EventId = 1001, Level = LogLevel.Debug, Message = "{Service}: {Before} -> {After} {Reason}")]
    private partial void LogPhaseChanged(string service, ServicePhase before, ServicePhase after, string reason);
}
