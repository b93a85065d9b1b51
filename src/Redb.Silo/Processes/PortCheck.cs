using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;

namespace Redb.Silo.Processes;

/// <summary>Says before a launch which port is taken and by whom.</summary>
/// <param name="patience">How long a holder that is being killed is waited for.</param>
internal sealed class PortCheck(TimeSpan patience)
{
    private const int PauseMilliseconds = 1;

    /// <summary>Null when all ports are free, else a sentence that names the holder.</summary>
    /// <param name="ports">The ports.</param>
    /// <param name="isDying">Whether a process group was killed a moment ago.</param>
    public string? Refusal(ImmutableArray<int> ports, Func<int, bool> isDying)
    {
        if (ports.FirstOrDefault(port => port is < 1 or > IPEndPoint.MaxPort) is not 0 and var wrong)
        {
            return $"port {wrong} is not between 1 and {IPEndPoint.MaxPort}";
        }

        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (TcpListeners.Find(ports) is not var (port, inode))
            {
                return null;
            }

            // Without a holder the socket is being closed as we look, or belongs to another user: time tells.
            var holder = SocketHolder.Find(inode);
            if (holder is not null && !IsDying(holder, isDying))
            {
                return $"port {port} is in use by pid {holder.Pid} ({holder.CommandLine})";
            }

            if (Stopwatch.GetElapsedTime(began) >= patience)
            {
                return holder is null
                    ? $"port {port} is in use by a process that this user may not look at"
                    : $"port {port} is in use by pid {holder.Pid} ({holder.CommandLine}), which was killed but does not end";
            }

            Libc.Pause(PauseMilliseconds);
        }
    }

    private static bool IsDying(SocketHolder holder, Func<int, bool> isDying) =>
        ProcessStatus.Read(holder.Pid) is not { } status || status.State == 'Z' || isDying(status.Group);
}
