using Microsoft.Extensions.DependencyInjection.Extensions;
using Redb.Grains.Services;

namespace Redb.Silo.Processes;

/// <summary>Registers what runs processes.</summary>
internal static class ProcessServices
{
    /// <summary>Adds the launcher; its settings are <see cref="ProcessOptions"/>.</summary>
    public static IServiceCollection AddRedbProcesses(this IServiceCollection services)
    {
        services.AddOptions<ProcessOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ExitWatcher>();
        services.AddSingleton<RunFinder>().AddSingleton<StrayRuns>();
        services.AddSingleton<IProcessLauncher, ProcessLauncher>();
        return services;
    }
}
