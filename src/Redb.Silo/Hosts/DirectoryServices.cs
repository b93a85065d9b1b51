using Redb.Grains.Hosts;

namespace Redb.Silo.Hosts;

/// <summary>Registers what knows the other hosts.</summary>
internal static class DirectoryServices
{
    /// <summary>Adds the directory, and what tells the other silos of this one.</summary>
    public static ISiloBuilder AddRedbDirectory(this ISiloBuilder silo)
    {
        silo.AddGrainService<DirectoryService>();
        silo.Services.AddSingleton<ClusterDirectory>().AddSingleton<ReportBoard>();
        silo.Services.AddSingleton<DirectoryPeers>();
        silo.Services.AddSingleton<IDirectoryPeers>(services => services.GetRequiredService<DirectoryPeers>());
        // They stop the other way round: first the last views, then the good-bye, then the file.
        silo.Services.AddHostedService<DirectoryMemory>()
            .AddHostedService<DirectoryReporter>()
            .AddHostedService<GroupWatch>();
        return silo;
    }
}
