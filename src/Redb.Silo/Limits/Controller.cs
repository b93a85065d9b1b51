using System.Collections.Immutable;
using Redb.Abstractions.Configuration;

namespace Redb.Silo.Limits;

/// <summary>The cgroup controllers that hold our limits, by the kernel's names.</summary>
internal static class Controller
{
    public const string Memory = "memory";
    public const string Cpu = "cpu";
    public const string Tasks = "pids";

    public static readonly ImmutableArray<string> All = [Memory, Cpu, Tasks];

    /// <summary>Those that the limits of one service need.</summary>
    public static ImmutableArray<string> Of(ResourceConfiguration resources) =>
        [.. All.Where(controller => IsLimited(resources, controller))];

    private static bool IsLimited(ResourceConfiguration resources, string controller) =>
        controller switch
        {
            Memory => resources.MaxMemoryMb > 0,
            Cpu => resources.MaxCpuPercent > 0,
            _ => resources.MaxTasks > 0,
        };
}
