using Microsoft.Extensions.Logging;
using Redb.Hosting.Service.Configuration;
using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Supervision;

/// <summary>
/// Keeps telling the supervisor that the service lives, and registers again whenever the supervisor may have forgotten it.
/// </summary>
internal sealed partial class HeartbeatLoop(
    Heartbeat heartbeat,
    Registration registration,
    LiveConfiguration configuration,
    Reconnection reconnection,
    ILogger<HeartbeatLoop> logger
)
{
    // False from the moment the supervisor was out of reach, or did not know us, until it has registered us again.
    private bool _known = true;
    private bool _failing;

    public async Task RunAsync(ReDbServiceTimings timings, TimeProvider time, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await BeatAsync(timings.ReregistrationTimeout, time, stopping);
            await reconnection.HeartbeatDue.WaitAsync(timings.HeartbeatInterval, time, stopping);
        }
    }

    private async Task BeatAsync(TimeSpan registrationLimit, TimeProvider time, CancellationToken stopping)
    {
        if (!_known && !await RegisterAgainAsync(registrationLimit, time, stopping))
        {
            return;
        }

        Handle(await heartbeat.SendAsync(registration.ServiceId!, stopping));

        // A supervisor that answered "unknown" is there to register with at once, but only once for each interval.
        if (!_known && !_failing && await RegisterAgainAsync(registrationLimit, time, stopping))
        {
            Handle(await heartbeat.SendAsync(registration.ServiceId!, stopping));
        }
    }

    private void Handle(HeartbeatAnswer answer)
    {
        switch (answer)
        {
            case HeartbeatAnswer.Accepted accepted:
                if (_failing)
                {
                    // A supervisor that was away for less than a heartbeat still knows us, and nothing else tells the log stream.
                    reconnection.LogStreamDue.Set();
                }

                _failing = false;
                Take(accepted.Response);
                break;
            case HeartbeatAnswer.Unknown:
                LogForgotten();
                _known = false;
                _failing = false;
                break;
            case HeartbeatAnswer.Disconnected disconnected:
                Failed(disconnected.Reason);
                _known = false;
                break;
            case HeartbeatAnswer.Failed failed:
                Failed(failed.Reason);
                break;
        }
    }

    private void Take(HeartbeatResponse response)
    {
        configuration.Merge(response.ConfigUpdate?.Config ?? []);
        foreach (var command in response.Commands)
        {
            LogCommand(command.Type);
        }
    }

    private async Task<bool> RegisterAgainAsync(TimeSpan limit, TimeProvider time, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        switch (await registration.RegisterAsync(either.Token))
        {
            case RegistrationAnswer.Accepted:
                LogRegisteredAgain(registration.ServiceId);
                _known = true;
                reconnection.LogStreamDue.Set();
                return true;
            case RegistrationAnswer.Refused refused:
                Failed(refused.Reason);
                return false;
            default:
                // Still away: said when it went.
                _failing = true;
                return false;
        }
    }

    // An outage is said once, not every five seconds.
    private void Failed(string reason)
    {
        if (!_failing)
        {
            LogFailed(reason);
        }

        _failing = true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The supervisor does not hear this service: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The supervisor does not know this service, registering again.")]
    private partial void LogForgotten();

    [LoggerMessage(Level = LogLevel.Information, Message = "Registered again as {ServiceId}.")]
    private partial void LogRegisteredAgain(string? serviceId);

    [LoggerMessage(Level = LogLevel.Information, Message = "The supervisor sent the command {Command}.")]
    private partial void LogCommand(ServiceCommand.Types.CommandType command);
}
