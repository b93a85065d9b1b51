namespace Redb.Silo.Processes;

/// <summary>The kernel's id of this boot: a pid of another one means nothing.</summary>
internal static class BootId
{
    public static string Current { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
