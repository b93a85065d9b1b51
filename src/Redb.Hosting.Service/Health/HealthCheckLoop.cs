using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MicrosoftStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;
using Status = Redb.Protocol.Common.HealthStatus;

namespace Redb.Hosting.Service.Health;

/// <summary>Runs the registered health checks at their interval and publishes what they say.</summary>
internal sealed partial class HealthCheckLoop(
    HealthCheckService checks,
    IOptions<ReDbServiceOptions> options,
    ServiceHealth health,
    TimeProvider time,
    ILogger<HealthCheckLoop> logger
)
{
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.Value.Timings.HealthCheckInterval, time);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            var report = await checks.CheckHealthAsync(stopping);
            var now = time.GetUtcNow();
            var before = health.Current.Status;
            health.Publish([.. report.Entries.Select(entry => ToOutcome(entry.Key, entry.Value, now))]);
            if (health.Current.Status != before)
            {
                LogChanged(before, health.Current.Status, string.Join(", ", Failing(health.Current.Checks)));
            }
        }
    }

    private static CheckOutcome ToOutcome(string name, HealthReportEntry entry, DateTimeOffset now) =>
        new(name, ToStatus(entry.Status), entry.Description ?? entry.Exception?.Message ?? "", now);

    private static Status ToStatus(MicrosoftStatus status) =>
        status switch
        {
            MicrosoftStatus.Healthy => Status.Healthy,
            MicrosoftStatus.Degraded => Status.Degraded,
            _ => Status.Unhealthy,
        };

    private static IEnumerable<string> Failing(ImmutableArray<CheckOutcome> outcomes) =>
        outcomes.Where(check => check.Status != Status.Healthy).Select(check => $"{check.Name}: {check.Message}");

    [LoggerMessage(Level = LogLevel.Warning, Message = "Health {Before} -> {After}. {Failing}")]
    private partial void LogChanged(Status before, Status after, string failing);
}
