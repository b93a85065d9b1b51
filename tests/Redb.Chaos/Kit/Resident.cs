using System.Globalization;

namespace Redb.Chaos.Kit;

/// <summary>How much memory a process holds.</summary>
internal static class Resident
{
    /// <summary>Resident memory in MiB.</summary>
    public static int MegabytesOf(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status")
            .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            / 1024;
    }
}
