using Microsoft.Extensions.DependencyInjection.Extensions;
using Redb.Grains.Services;
using Redb.Silo.Limits;

namespace Redb.Silo.Processes;

/// <summary>Registers what runs processes.</summary>
internal static class ProcessServices
{
    /// <summary>Adds the launcher with the limits of what it launches; its settings are <see cref="ProcessOptions"/>.</summary>
    public static IServiceCollection AddRedbProcesses(this IServiceCollection services)
    {
        services.AddOptions<ProcessOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddRedbLimits();
        services.AddSingleton<ExitWatcher>();
        services.AddSingleton<RunFinder>().AddSingleton<StrayRuns>();
        services.AddSingleton<ProcessLauncher>();
        services.AddSingleton<IProcessLauncher>(provider => provider.GetRequiredService<ProcessLauncher>());
        return services;
    }
}
