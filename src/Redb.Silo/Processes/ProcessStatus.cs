using System.Globalization;

namespace Redb.Silo.Processes;

/// <summary>What <c>/proc/PID/stat</c> says of a process.</summary>
/// <param name="State">Letter of its state; Z for a zombie.</param>
/// <param name="Parent">Process id of its parent.</param>
/// <param name="Group">Its process group.</param>
/// <param name="Session">Its session.</param>
/// <param name="Started">Start in clock ticks since boot; with the process id it names a process for as long as the machine is up.</param>
internal sealed record ProcessStatus(char State, int Parent, int Group, int Session, string Started)
{
    private const int StartedField = 19;

    /// <summary>Null when there is no such process.</summary>
    public static ProcessStatus? Read(int pid)
    {
        try
        {
            // The name in the second field may itself contain spaces and brackets; the last bracket ends it.
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new(fields[0][0], Number(fields[1]), Number(fields[2]), Number(fields[3]), fields[StartedField]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
