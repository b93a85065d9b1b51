using Microsoft.Extensions.DependencyInjection.Extensions;
using Redb.Grains.Probes;
using Redb.Silo.Controllers;

namespace Redb.Silo.Probes;

/// <summary>Registers what probes services.</summary>
internal static class ProbeServices
{
    /// <summary>Adds the prober; exec probes need what <c>AddRedbProcesses</c> adds.</summary>
    public static IServiceCollection AddRedbProbes(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServiceConnections>();
        services.AddSingleton<IProber, Prober>();
        return services;
    }
}
