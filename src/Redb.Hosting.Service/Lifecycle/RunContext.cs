using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Redb.Hosting.Service.Health;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>What both the start and the stop of a service need beside their own parts.</summary>
internal sealed class RunContext(
    IOptions<ReDbServiceOptions> options,
    ServiceHealth health,
    TimeProvider time,
    ILogger<RunContext> logger
)
{
    public string Name => options.Value.Name;

    public ReDbServiceTimings Timings => options.Value.Timings;

    public ServiceHealth Health => health;

    public TimeProvider Time => time;

    public ILogger Logger => logger;
}
