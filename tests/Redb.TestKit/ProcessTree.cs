using System.Globalization;

namespace Redb.TestKit;

/// <summary>Looks at the processes of this machine.</summary>
internal static class ProcessTree
{
    /// <summary>Every process of the session that a process belongs to, itself included.</summary>
    public static IReadOnlyList<int> SessionOf(int pid)
    {
        var session = Session(pid);
        return
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id > 0 && Session(id) == session),
        ];
    }

    private static string? Session(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // After the name in parentheses: state, parent, group, session.
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
