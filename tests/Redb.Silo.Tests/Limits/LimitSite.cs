using Redb.Abstractions.Configuration;
using Redb.Grains.Services;
using Redb.Silo.Limits;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Limits;

/// <summary>A launch site whose runs get the cgroups that this machine lets us make, in a tree of its own.</summary>
internal sealed class LimitSite : IAsyncDisposable
{
    /// <summary>Takes memory without end.</summary>
    public const string TakesMemory = "exec tail /dev/zero";

    /// <summary>Takes 150 MB and keeps them.</summary>
    public const string HoldsMemory = "head -c 150000000 /dev/zero | tail -c 150000000 | sleep 60";

    public LimitSite()
    {
        Options = new()
        {
            Tree = $"test-{Guid.NewGuid():N}",
            Controllers = Controller.All,
            SampleInterval = TimeSpan.FromMilliseconds(50),
        };
        Site = new(limits: Options);
    }

    public LimitOptions Options { get; }

    public LaunchSite Site { get; }

    /// <summary>Whether a limit is enforced by a cgroup here; a machine may lend us some controllers and not others.</summary>
    public bool HasCgroup(ResourceConfiguration resources) =>
        Site.Limits.Describe(resources).Contains("(cgroup v", StringComparison.Ordinal);

    public LaunchOrder Shell(string script, ResourceConfiguration resources) =>
        Site.Shell(script) with
        {
            Resources = resources,
        };

    /// <summary>The cgroup of a run in the hierarchy of a controller.</summary>
    public static string FolderOf(int pid, string controller) =>
        CgroupSurvey
            .Find("/", pid.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Single(place => IsOurs(place) && (place.Version == 2 || place.Carries(controller)))
            .Folder;

    /// <summary>Folders of this site's tree that are still there.</summary>
    public IReadOnlyList<string> Left() =>
        [
            .. CgroupSurvey
                .Find("/", CgroupSurvey.Self)
                .Select(place => RunTree.FolderOf(place, Options.Tree))
                .Where(Directory.Exists)
                .SelectMany(Directory.GetDirectories),
        ];

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();

        // The site does not wait for what it ended.
        foreach (var folder in Left())
        {
            await Eventually.True(() => !Stragglers.Kill(folder) && CgroupFile.Remove(folder), CancellationToken.None);
        }

        await Site.Limits.DisposeAsync();
    }

    private static bool IsOurs(CgroupPlace place) =>
        Path.GetFileName(place.Folder).StartsWith("group.service.", StringComparison.Ordinal);
}
