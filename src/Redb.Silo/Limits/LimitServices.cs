using System.Security.Cryptography;
using System.Text;
using Redb.Grains.Planning;
using Redb.Grains.Services;

namespace Redb.Silo.Limits;

/// <summary>Registers what keeps runs within their limits.</summary>
internal static class LimitServices
{
    private const int TreeNameLength = 12;

    /// <summary>Adds the limits; the clock comes from elsewhere.</summary>
    public static IServiceCollection AddRedbLimits(this IServiceCollection services)
    {
        services.AddOptions<LimitOptions>();
        services.AddSingleton<ResourceLimits>();
        services.AddSingleton<IResourceLimiter>(provider => provider.GetRequiredService<ResourceLimits>());
        return services;
    }

    /// <summary>Makes the cgroups ready that the services of a plan need.</summary>
    /// <param name="services">Where.</param>
    /// <param name="plan">Whose services say which controllers are needed.</param>
    /// <param name="dataDirectory">Names the cgroups: the next supervisor on it finds the runs of this one.</param>
    public static IServiceCollection ConfigureRedbLimits(
        this IServiceCollection services,
        HostPlan plan,
        string dataDirectory
    ) =>
        services.Configure<LimitOptions>(options =>
        {
            options.Tree = TreeOf(dataDirectory);
            options.Controllers =
            [
                .. plan
                    .Groups.SelectMany(group => group.Services)
                    .SelectMany(service => Controller.Of(service.Order.Resources))
                    .Distinct(StringComparer.Ordinal),
            ];
        });

    private static string TreeOf(string dataDirectory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(dataDirectory))))[
            ..TreeNameLength
        ];
}
