namespace Redb.Configuration.Reading;

/// <summary>Where files go and where relative paths lead, computed from the input alone.</summary>
internal static class Folders
{
    /// <summary>A folder of ours by the XDG rules: the data folder of a group, or what the supervisors of a host share.</summary>
    public static string DefaultFor(string name, ReaderInput input)
    {
        // The XDG specification wants relative values ignored.
        if (input.Environment.GetValueOrDefault("XDG_DATA_HOME") is { } shared && Path.IsPathRooted(shared))
        {
            return Path.Combine(shared, "redb", name);
        }

        return Home(input) is { } home
            ? Path.Combine(home, ".local", "share", "redb", name)
            : Path.Combine("/tmp", $"redb-{name}");
    }

    /// <summary>The absolute form of a path; <c>~/</c> is the home folder.</summary>
    public static string Resolve(string path, ReaderInput input)
    {
        var expanded =
            path.StartsWith("~/", StringComparison.Ordinal) && Home(input) is { } home
                ? Path.Combine(home, path[2..])
                : path;
        return Path.GetFullPath(expanded, input.WorkingDirectory);
    }

    private static string? Home(ReaderInput input) =>
        input.Environment.GetValueOrDefault("HOME") is { Length: > 0 } home ? home : null;
}
