namespace Redb.Grains.Journal;

/// <summary>Names a process beyond doubt: the pid alone is reused, with these three it is not.</summary>
/// <param name="BootId">The kernel's id of this boot (<c>/proc/sys/kernel/random/boot_id</c>).</param>
/// <param name="Pid">Its process id.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot: field 22 of <c>/proc/PID/stat</c>.</param>
internal sealed record RunIdentity(string BootId, int Pid, string StartTicks);
