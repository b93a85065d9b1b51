using System.Collections.Immutable;
using Redb.Abstractions.Configuration;

namespace Redb.Silo.Hosting;

/// <summary>Keeps the files of groups that were given one data folder apart: services of the same name would share a log.</summary>
internal static class GroupFolders
{
    /// <summary>The configurations, each with a folder of its own: <c>FOLDER/GROUP</c> where several name the same folder.</summary>
    public static ImmutableArray<RedbConfiguration> Separate(ImmutableArray<RedbConfiguration> configurations)
    {
        var shared = configurations
            .CountBy(configuration => configuration.Supervisor.DataDirectory, StringComparer.Ordinal)
            .Where(folder => folder.Value > 1)
            .Select(folder => folder.Key)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. configurations.Select(configuration =>
                shared.Contains(configuration.Supervisor.DataDirectory) ? InOwnFolder(configuration) : configuration
            ),
        ];
    }

    private static RedbConfiguration InOwnFolder(RedbConfiguration configuration) =>
        configuration with
        {
            Supervisor = configuration.Supervisor with
            {
                DataDirectory = Path.Combine(
                    configuration.Supervisor.DataDirectory,
                    configuration.InstanceGroup.GroupId
                ),
            },
        };
}
