using System.Diagnostics;
using System.Globalization;

namespace Redb.TestKit;

/// <summary>Sends signals to processes the tests started, and looks whether a process is there.</summary>
internal static class Signals
{
    public static void Send(int pid, string name)
    {
        using var kill = Process.Start("/bin/kill", [$"-{name}", pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        kill.ExitCode.Should().Be(0, $"pid {pid} is there to be sent SIG{name}");
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
