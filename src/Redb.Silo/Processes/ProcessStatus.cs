using System.Globalization;

namespace Redb.Silo.Processes;

/// <summary>What <c>/proc/PID/stat</c> says of a process.</summary>
/// <param name="State">Letter of its state; Z for a zombie.</param>
/// <param name="Parent">Process id of its parent.</param>
/// <param name="Group">Its process group.</param>
/// <param name="Session">Its session.</param>
/// <param name="Started">Start in clock ticks since boot; with the process id it names a process for as long as the machine is up.</param>
/// <param name="WaitStatus">How a zombie ended, as wait gives it; 0, too, when this user may not know.</param>
internal sealed record ProcessStatus(char State, int Parent, int Group, int Session, string Started, int WaitStatus)
{
    // As the manual counts them from 1, with the two before the state already cut off.
    private const int StartedField = 22 - 3;
    private const int WaitStatusField = 52 - 3;

    // USER_HZ, on every architecture that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Whether it has ended and only waits to be reaped.</summary>
    public bool IsDead => State is 'Z' or 'X';

    /// <summary>Whether we are the one to reap it.</summary>
    public bool IsOurChild => Parent == Environment.ProcessId;

    /// <summary><see cref="Started"/> as a number.</summary>
    public ulong StartTicks => ulong.Parse(Started, CultureInfo.InvariantCulture);

    /// <summary>Time since its start, that of a suspended machine included; exact to a hundredth of a second.</summary>
    public TimeSpan Age() => Libc.TimeSinceBoot() - TimeSpan.FromSeconds(StartTicks / TicksPerSecond);

    /// <summary>Null when there is no such process.</summary>
    public static ProcessStatus? Read(int pid)
    {
        try
        {
            // The name in the second field may itself contain spaces and brackets; the last bracket ends it.
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new(
                fields[0][0],
                Number(fields[1]),
                Number(fields[2]),
                Number(fields[3]),
                fields[StartedField],
                Number(fields[WaitStatusField])
            );
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
