using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Redb.Hosting.Service.Supervision;

/// <summary>Waits at start for a supervisor, for ever unless the options bound it.</summary>
internal sealed partial class FirstRegistration(
    Registration registration,
    SupervisorChannel supervisor,
    IOptions<ReDbServiceOptions> options,
    TimeProvider time,
    ILogger<FirstRegistration> logger
)
{
    /// <summary>Registers the service.</summary>
    /// <returns>False if the service runs stand-alone for the rest of its life.</returns>
    public async Task<bool> CompleteAsync(CancellationToken stopping)
    {
        if (supervisor.Client is null)
        {
            LogStandAlone();
            return false;
        }

        var timings = options.Value.Timings;
        var wait = timings.ConnectRetry;
        for (var attempt = 1; ; attempt++)
        {
            var answer = await registration.RegisterAsync(stopping);
            stopping.ThrowIfCancellationRequested();
            if (Settle(answer, attempt) is { } registered)
            {
                return registered;
            }

            await Task.Delay(wait, time, stopping);
            wait = TimeSpan.FromTicks(Math.Min(2 * wait.Ticks, timings.ConnectRetryLimit.Ticks));
        }
    }

    /// <summary>Whether the service is registered, or null where it is worth asking again.</summary>
    private bool? Settle(RegistrationAnswer answer, int attempt)
    {
        switch (answer)
        {
            case RegistrationAnswer.Accepted:
                LogRegistered(supervisor.Address, registration.ServiceId);
                return true;
            case RegistrationAnswer.Refused refused:
                LogRefused(supervisor.Address, refused.Reason);
                return false;
            case RegistrationAnswer.Unreachable when attempt == options.Value.RegistrationAttempts:
                LogGaveUp(supervisor.Address, attempt);
                return false;
            case RegistrationAnswer.Unreachable unreachable when attempt == 1:
                LogWaiting(supervisor.Address, unreachable.Reason);
                return null;
            default:
                return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "No supervisor configured, running stand-alone.")]
    private partial void LogStandAlone();

    [LoggerMessage(Level = LogLevel.Information, Message = "Registered with {Supervisor} as {ServiceId}.")]
    private partial void LogRegistered(Uri? supervisor, string? serviceId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Supervisor} refused the registration, running stand-alone: {Reason}"
    )]
    private partial void LogRefused(Uri? supervisor, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for the supervisor at {Supervisor}: {Reason}")]
    private partial void LogWaiting(Uri? supervisor, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Supervisor} did not answer {Attempts} times, running stand-alone."
    )]
    private partial void LogGaveUp(Uri? supervisor, int attempts);
}
