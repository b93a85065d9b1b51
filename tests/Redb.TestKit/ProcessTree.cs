using System.Globalization;

namespace Redb.TestKit;

/// <summary>Looks at the processes of this machine.</summary>
internal static class ProcessTree
{
    /// <summary>Every process of the session that a process belongs to, itself included.</summary>
    public static IReadOnlyList<int> SessionOf(int pid)
    {
        var session = Session(pid);
        return [.. Pids().Where(id => Session(id) == session)];
    }

    /// <summary>Every process that works in a folder and leads a session of its own, as services do.</summary>
    public static IReadOnlyList<int> LeadersIn(string folder) =>
        [.. Pids().Where(pid => Folder(pid) == folder && IsLeader(pid))];

    /// <summary>Whether a process leads a session of its own, as services do.</summary>
    public static bool IsLeader(int pid) => Session(pid) == pid.ToString(CultureInfo.InvariantCulture);

    /// <summary>Every process that works in a folder.</summary>
    public static IReadOnlyList<int> WorkingIn(string folder) => [.. Pids().Where(pid => Folder(pid) == folder)];

    /// <summary>Every process there is.</summary>
    public static IEnumerable<int> Pids() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0);

    private static string? Folder(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/cwd").LinkTarget;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>When a process began, in clock ticks since boot: with its pid, who it is. Null when there is none.</summary>
    public static string? StartOf(int pid) => Field(pid, 19);

    /// <summary>What the kernel calls a process, such as <c>sleep</c>; null when there is none.</summary>
    public static string? NameOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/comm").TrimEnd('\n');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string? Session(int pid) => Field(pid, 3);

    // Counted from behind the name in parentheses: state, parent, group, session, and the start as the twentieth.
    private static string? Field(int pid, int number)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[number];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
