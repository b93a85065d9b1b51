using System.Text.RegularExpressions;

namespace Redb.Silo.Limits;

/// <summary>A mounted cgroup hierarchy, from a line of <c>/proc/self/mountinfo</c>.</summary>
/// <param name="Version">1 or 2.</param>
/// <param name="Root">The cgroup that is seen at the mount point.</param>
/// <param name="Point">The mount point.</param>
/// <param name="Options">Of the file system; for version 1 they name the controllers.</param>
internal sealed partial record CgroupMount(int Version, string Root, string Point, IReadOnlyList<string> Options)
{
    private const int RootField = 3;
    private const int PointField = 4;

    /// <summary>Null for a line about another kind of file system.</summary>
    public static CgroupMount? Parse(string line)
    {
        var (mount, fileSystem) = line.Split(" - ") is [var left, var right] ? (left, right) : (line, "");
        var (fields, types) = (mount.Split(' '), fileSystem.Split(' '));
        return (types[0], fields.Length > PointField) switch
        {
            ("cgroup", true) => new(1, Plain(fields[RootField]), Plain(fields[PointField]), types[^1].Split(',')),
            ("cgroup2", true) => new(2, Plain(fields[RootField]), Plain(fields[PointField]), []),
            _ => null,
        };
    }

    /// <summary>The folder of a cgroup, by the path that <c>/proc/PID/cgroup</c> gives; null when it lies outside what is mounted.</summary>
    public string? FolderOf(string path)
    {
        var root = Root.TrimEnd('/');
        var isInside = path == Root || path.StartsWith(root + "/", StringComparison.Ordinal);
        return isInside && !path.Contains("/..", StringComparison.Ordinal)
            ? (Point.TrimEnd('/') + path[root.Length..]).TrimEnd('/')
            : null;
    }

    // Blanks and the like are written as three octal digits.
    private static string Plain(string field) =>
        Escape().Replace(field, match => ((char)Convert.ToInt32(match.Value[1..], 8)).ToString());

    [GeneratedRegex(@"\\[0-7]{3}", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();
}
