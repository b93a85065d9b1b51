using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Redb.Hosting.Service.Supervision;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>
/// Port, initialize, serve, register, loops, start: the order every reDB service keeps. A supervisor hears of the
/// service, and of its good health, before the start hooks have run.
/// </summary>
internal sealed partial class StartSequence(
    Listener listener,
    ServiceHooks hooks,
    FirstRegistration registration,
    ServiceLoops loops,
    RunContext context
)
{
    /// <summary>Starts the service.</summary>
    /// <returns>False if its port is taken.</returns>
    public async Task<bool> RunAsync(WebApplication app, CancellationToken stopping)
    {
        if (!await listener.BindAsync(stopping))
        {
            return false;
        }

        await RunHooksAsync(hooks.Initialize, app.Services, stopping);
        await app.StartAsync(stopping);
        LogServing(context.Logger, context.Name, listener.EndPoint);

        await Task.Delay(context.Timings.ServingPause, context.Time, stopping);
        if (await registration.CompleteAsync(stopping))
        {
            loops.StartSupervision(context.Time);
        }

        loops.StartHealthChecks();
        await RunHooksAsync(hooks.Start, app.Services, stopping);
        context.Health.SetReady(true);
        LogStarted(context.Logger);
        return true;
    }

    private static async Task RunHooksAsync(
        IEnumerable<Func<IServiceProvider, CancellationToken, Task>> hooks,
        IServiceProvider services,
        CancellationToken stopping
    )
    {
        foreach (var hook in hooks)
        {
            await hook(services, stopping);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Name} serves on {EndPoint}.")]
    private static partial void LogServing(ILogger logger, string name, System.Net.IPEndPoint endPoint);

    [LoggerMessage(Level = LogLevel.Information, Message = "Started.")]
    private static partial void LogStarted(ILogger logger);
}
