using System.Runtime.InteropServices;
using Redb.Abstractions.Configuration;

namespace Redb.Silo.Processes;

/// <summary>Applies the limits the kernel keeps per process to a child that was just spawned.</summary>
internal static unsafe class ChildLimits
{
    /// <summary>Null when all limits stand, else a sentence on the first that could not be set.</summary>
    public static string? Apply(int pid, ResourceConfiguration resources) =>
        Apply(pid, Libc.LimitOpenFiles, resources.MaxOpenFiles, "max_open_files")
        ?? Apply(pid, Libc.LimitTasks, resources.MaxTasks, "max_tasks");

    private static string? Apply(int pid, int resource, long value, string name)
    {
        if (value <= 0)
        {
            return null;
        }

        var limit = new Libc.ResourceLimit { Soft = (ulong)value, Hard = (ulong)value };
        return Libc.SetLimit(pid, resource, &limit, null) == 0
            ? null
            : $"{name} {value} could not be set: {Errno.Describe(Marshal.GetLastPInvokeError())}.";
    }
}
