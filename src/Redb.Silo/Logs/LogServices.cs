using Microsoft.Extensions.DependencyInjection.Extensions;
using Redb.Grains.Logs;

namespace Redb.Silo.Logs;

/// <summary>Registers what reads, writes and rotates service logs.</summary>
internal static class LogServices
{
    /// <summary>Adds reading, writing and rotation; the settings are <see cref="LogOptions"/>.</summary>
    public static IServiceCollection AddRedbLogs(this IServiceCollection services)
    {
        services.AddOptions<LogOptions>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LogShelf>();
        services.AddSingleton<LogRotator>();
        services.AddSingleton<LogWriter>();
        services.AddSingleton<LogRotation>();
        services.AddHostedService(provider => provider.GetRequiredService<LogRotation>());
        services.AddSingleton<ILogFiles, LogFiles>();
        return services;
    }
}
