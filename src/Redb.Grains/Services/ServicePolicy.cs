using Redb.Abstractions.Services;

namespace Redb.Grains.Services;

/// <summary>The rules in force for one service.</summary>
internal sealed record ServicePolicy(RestartPolicy Restart, StopPolicy Stop)
{
    /// <summary>How long a killed process may take to vanish before it is killed again; only a kernel that hangs takes that long.</summary>
    public static readonly TimeSpan KillAgainAfter = TimeSpan.FromSeconds(5);
}
