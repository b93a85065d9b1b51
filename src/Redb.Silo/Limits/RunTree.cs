using System.Collections.Immutable;
using System.Globalization;
using Redb.Silo.Processes;

namespace Redb.Silo.Limits;

/// <summary>Makes the folder in which the runs of this supervisor get a cgroup each: <c>redb/TREE</c> below the cgroup it is in.</summary>
internal static class RunTree
{
    private const string OurFolder = "redb";

    // The leaf into which the supervisor withdraws: under version 2 a cgroup that gives controllers to those below may hold no process.
    private const string SupervisorLeaf = "supervisor";

    private const int Attempts = 5;

    private const string Offered = "cgroup.controllers";
    private const string Enabled = "cgroup.subtree_control";

    /// <summary>Where the tree would be.</summary>
    public static string FolderOf(CgroupPlace place, string tree) => Path.Combine(HomeOf(place), OurFolder, tree);

    /// <summary>The controllers that the tree of a place can carry.</summary>
    /// <remarks>What the leaf of the supervisor has says nothing: nobody may have handed anything down yet.</remarks>
    public static IEnumerable<string> OfferedTo(CgroupPlace place) =>
        IsLeaf(place) ? CgroupFile.Words(HomeOf(place), Offered) : place.Controllers;

    /// <summary>Makes the tree.</summary>
    /// <param name="place">The cgroup the supervisor is in.</param>
    /// <param name="tree">The name of the tree.</param>
    /// <param name="controllers">What the tree shall carry; the place has it.</param>
    /// <param name="supervisor">Process id of the supervisor, which is moved into a leaf if it is in the way.</param>
    /// <returns>Null, or a sentence on why there is no such tree.</returns>
    public static string? Make(CgroupPlace place, string tree, ImmutableArray<string> controllers, int supervisor)
    {
        var folder = FolderOf(place, tree);
        if (place.Version == 2 && GiveFromHome(HomeOf(place), controllers, supervisor) is { } refusal)
        {
            return refusal;
        }

        if (MakeFolder(folder) is not 0 and var error)
        {
            return $"{folder} cannot be made: {Errno.Describe(error)}";
        }

        return place.Version == 1
            ? null
            : Give(Path.GetDirectoryName(folder)!, controllers) ?? Give(folder, controllers);
    }

    // Another supervisor that ends just now may remove the folder that both have in common.
    private static int MakeFolder(string folder) =>
        Enumerable
            .Range(0, Attempts)
            .Select(_ => CgroupFile.Make(folder))
            .FirstOrDefault(error => error != Errno.NoEntry, Errno.NoEntry);

    /// <summary>Removes the tree where nothing is in it any more.</summary>
    public static void Remove(CgroupPlace place, string tree)
    {
        var folder = FolderOf(place, tree);
        if (Directory.Exists(folder) && CgroupFile.Remove(folder))
        {
            _ = CgroupFile.Remove(Path.GetDirectoryName(folder)!);
        }
    }

    private static string HomeOf(CgroupPlace place) =>
        IsLeaf(place) ? Path.GetDirectoryName(place.Folder)! : place.Folder;

    // A supervisor that begins in a leaf was put there by systemd's DelegateSubgroup, or by exec of its predecessor.
    private static bool IsLeaf(CgroupPlace place) =>
        place.Version == 2 && Path.GetFileName(place.Folder) == SupervisorLeaf;

    private static string? GiveFromHome(string home, ImmutableArray<string> controllers, int supervisor)
    {
        if (TryGive(home, controllers) is not Errno.Busy and var error)
        {
            return error == 0 ? null : Refusal(home, controllers, error);
        }

        var leaf = Path.Combine(home, SupervisorLeaf);
        var pid = supervisor.ToString(CultureInfo.InvariantCulture);
        if (CgroupFile.Make(leaf) is not 0 and var unmade)
        {
            return $"{leaf} cannot be made: {Errno.Describe(unmade)}";
        }

        if (CgroupFile.Write(leaf, CgroupFile.Members, pid) is not 0 and var unmoved)
        {
            return $"the supervisor cannot move into {leaf}: {Errno.Describe(unmoved)}";
        }

        if (TryGive(home, controllers) == 0)
        {
            return null;
        }

        _ = CgroupFile.Write(home, CgroupFile.Members, pid);
        _ = CgroupFile.Remove(leaf);
        var others = string.Join(", ", CgroupFile.Words(home, CgroupFile.Members).Where(member => member != pid));
        return $"{home} holds other processes (pid {others}), and must not while cgroups below it have limits";
    }

    private static string? Give(string folder, ImmutableArray<string> controllers) =>
        TryGive(folder, controllers) is not 0 and var error ? Refusal(folder, controllers, error) : null;

    private static int TryGive(string folder, ImmutableArray<string> controllers)
    {
        var enabled = CgroupFile.Words(folder, Enabled);
        var missing = controllers.Where(controller => !enabled.Contains(controller, StringComparer.Ordinal)).ToList();
        return missing.Count == 0
            ? 0
            : CgroupFile.Write(folder, Enabled, string.Join(' ', missing.Select(controller => $"+{controller}")));
    }

    private static string Refusal(string folder, ImmutableArray<string> controllers, int error) =>
        $"{folder} does not give {string.Join(", ", controllers)} to cgroups below it: {Errno.Describe(error)} (it has {string.Join(", ", CgroupFile.Words(folder, Offered))})";
}
