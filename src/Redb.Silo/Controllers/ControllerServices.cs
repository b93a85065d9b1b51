using Microsoft.Extensions.DependencyInjection.Extensions;
using Redb.Grains.Services;

namespace Redb.Silo.Controllers;

/// <summary>Registers what talks to the controllers of services.</summary>
internal static class ControllerServices
{
    /// <summary>Adds the client of service controllers.</summary>
    public static IServiceCollection AddRedbControllers(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServiceConnections>();
        services.AddSingleton<IServiceController, ServiceController>();
        return services;
    }
}
