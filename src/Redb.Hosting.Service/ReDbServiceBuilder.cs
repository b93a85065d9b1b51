using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Redb.Hosting.Service.Lifecycle;
using Redb.Hosting.Service.Supervision;

namespace Redb.Hosting.Service;

/// <summary>Adds a service's own checks, numbers and code to what makes it a reDB service.</summary>
public sealed class ReDbServiceBuilder
{
    private readonly ServiceHooks _hooks;

    internal ReDbServiceBuilder(IServiceCollection services, ServiceHooks hooks)
    {
        Services = services;
        _hooks = hooks;
    }

    /// <summary>The container of the application. Health checks added to it directly count as well.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a check that counts towards the health in heartbeats. Some failing: degraded; all: unhealthy.</summary>
    /// <param name="name">Name under which <c>GetHealth</c> lists the check.</param>
    /// <param name="check">The check; an exception counts as unhealthy.</param>
    /// <returns>This builder.</returns>
    public ReDbServiceBuilder AddHealthCheck(string name, Func<CancellationToken, Task<HealthCheckResult>> check)
    {
        Services.AddHealthChecks().AddAsyncCheck(name, check);
        return this;
    }

    /// <summary>Adds a number that goes with every heartbeat.</summary>
    /// <param name="name">Name of the metric.</param>
    /// <param name="read">Reads the present value; must be quick and thread-safe.</param>
    /// <returns>This builder.</returns>
    public ReDbServiceBuilder AddMetric(string name, Func<long> read)
    {
        Services.AddSingleton(new CustomMetric(name, read));
        return this;
    }

    /// <summary>Adds code that runs when the port is taken but nothing is served. There is no configuration from the
    /// supervisor yet. A failure ends the process with exit code 1.</summary>
    /// <param name="hook">The code; cancelled when the service is told to stop.</param>
    /// <returns>This builder.</returns>
    public ReDbServiceBuilder OnInitialize(Func<IServiceProvider, CancellationToken, Task> hook)
    {
        _hooks.Initialize.Add(hook);
        return this;
    }

    /// <summary>Adds code that runs after registration, with the supervisor's configuration at hand. The service is
    /// ready when it has ended. A failure ends the process with exit code 1.</summary>
    /// <param name="hook">The code; cancelled when the service is told to stop.</param>
    /// <returns>This builder.</returns>
    public ReDbServiceBuilder OnStart(Func<IServiceProvider, CancellationToken, Task> hook)
    {
        _hooks.Start.Add(hook);
        return this;
    }

    /// <summary>Adds code that runs at stop, before the service takes leave of its supervisor. Hooks run in reverse
    /// order, each even if another failed, even if the service never came to start.</summary>
    /// <param name="hook">The code; cancelled when the grace period is over.</param>
    /// <returns>This builder.</returns>
    public ReDbServiceBuilder OnStop(Func<IServiceProvider, CancellationToken, Task> hook)
    {
        _hooks.Stop.Add(hook);
        return this;
    }
}
