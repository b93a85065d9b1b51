using System.Globalization;

namespace Redb.Silo.Processes;

/// <summary>The processes of this host that <c>/proc</c> shows to this user.</summary>
internal static class AllProcesses
{
    public static IEnumerable<int> Pids()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            {
                yield return pid;
            }
        }
    }
}
