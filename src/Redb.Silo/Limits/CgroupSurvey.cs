using System.Collections.Immutable;

namespace Redb.Silo.Limits;

/// <summary>Finds out in which cgroups a process is.</summary>
internal static class CgroupSurvey
{
    public const string Self = "self";

    private const string ControllersFile = "cgroup.controllers";

    /// <summary>The places of a process in the hierarchies that carry controllers of ours; empty when there is none, or no such process.</summary>
    /// <param name="root">Where <c>proc</c> and the mounts are found.</param>
    /// <param name="process">A process id, or <see cref="Self"/>.</param>
    public static ImmutableArray<CgroupPlace> Find(string root, string process)
    {
        try
        {
            var mounts = Lines(root, "proc/self/mountinfo").Select(CgroupMount.Parse).OfType<CgroupMount>().ToList();
            return
            [
                .. Lines(root, $"proc/{process}/cgroup")
                    .Select(line => Place(root, mounts, line.Split(':', 3)))
                    .OfType<CgroupPlace>()
                    .Where(place => place.Version == 2 || !place.Controllers.IsEmpty),
            ];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // ID:CONTROLLERS:PATH for version 1, 0::PATH for version 2.
    private static CgroupPlace? Place(string root, IReadOnlyList<CgroupMount> mounts, string[] fields)
    {
        if (fields is not [_, var names, var path])
        {
            return null;
        }

        var version = names.Length == 0 ? 2 : 1;
        var bound = names.Split(',');
        var mount = mounts.FirstOrDefault(mount =>
            mount.Version == version && (version == 2 || bound.All(mount.Options.Contains))
        );
        if (mount?.FolderOf(path) is not { } inside)
        {
            return null;
        }

        var folder = root.TrimEnd('/') + inside;
        var controllers = version == 2 ? CgroupFile.Words(folder, ControllersFile) : bound;
        return new(version, folder, [.. Controller.All.Where(controllers.Contains)]);
    }

    private static string[] Lines(string root, string path) => File.ReadAllLines(Path.Combine(root, path));
}
