using System.Diagnostics;
using System.Globalization;

namespace Redb.TestKit;

/// <summary>Sends signals to processes the tests started, and looks whether a process is there.</summary>
internal static class Signals
{
    public static void Send(int pid, string name) =>
        Kill(name, pid.ToString(CultureInfo.InvariantCulture))
            .Should()
            .Be(0, $"pid {pid} is there to be sent SIG{name}");

    /// <summary>Sends a signal to a process, should it still be there.</summary>
    public static void TrySend(int pid, string name) => Kill(name, pid.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sends a signal to a process group, should there still be one.</summary>
    public static void SendToGroup(int group, string name) => Kill(name, $"-{group}");

    private static int Kill(string name, string target)
    {
        using var kill = Process.Start("/bin/kill", [$"-{name}", "--", target]);
        kill.WaitForExit();
        return kill.ExitCode;
    }

    /// <summary>Whether a process runs; one that has ended and is not reaped yet does not.</summary>
    public static bool IsRunning(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
