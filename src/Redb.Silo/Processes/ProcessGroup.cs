using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>Signals the group of a process that is not our child, so that its number may be reused at any moment.</summary>
internal static class ProcessGroup
{
    /// <summary>Sends a signal to all its members, dead leader or not.</summary>
    /// <param name="leader">Descriptor of its leader.</param>
    /// <param name="pid">Number of its leader, and so its own.</param>
    /// <param name="started">When its leader started.</param>
    /// <param name="signal">The signal.</param>
    /// <returns>Whether anybody got it.</returns>
    public static bool Signal(SafeFileHandle leader, int pid, string started, int signal) =>
        PidFd.SignalGroup(leader, signal) ?? SignalByNumber(pid, started, signal);

    /// <summary>The same for kernels older than 6.9: the group is named by its number, once it is known whose that is.</summary>
    public static bool SignalByNumber(int pid, string started, int signal) =>
        ProcessStatus.Read(pid) switch
        {
            { } leader when leader.Started == started => Libc.Kill(-pid, signal) == 0,
            { } => false,
            null => SignalMembers(pid, signal) > 0,
        };

    // While a member lives no other process can get the number of its group, so members without a leader are those of the old one.
    private static int SignalMembers(int group, int signal) =>
        AllProcesses.Pids().Count(pid => IsMember(pid, group) && SignalMember(pid, group, signal));

    private static bool SignalMember(int pid, int group, int signal)
    {
        using var descriptor = PidFd.Open(pid);
        return descriptor is not null && IsMember(pid, group) && PidFd.Signal(descriptor, signal);
    }

    private static bool IsMember(int pid, int group) =>
        ProcessStatus.Read(pid) is { IsDead: false } status && status.Group == group && status.Session == group;
}
