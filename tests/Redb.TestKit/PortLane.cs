namespace Redb.TestKit;

/// <summary>Gives out port offsets such that test programs that run beside each other do not get the same.</summary>
internal static class PortLane
{
    // Above the range from which the system gives ports to outgoing connections, so that none of those is in the way.
    private const int LowestOffset = 11_000;
    private const int PortsPerSlot = 100;
    private const int SlotsPerLane = 15;
    private const int Lanes = 3;

    // Held until the process ends, however it ends.
    private static readonly FileStream? s_held = Take();
    private static int s_next;

    /// <summary>An offset for one group; the same comes again after fourteen others.</summary>
    public static int NextOffset()
    {
        // A fourth program shares a lane with another.
        var lane = s_held is { } file ? file.Name[^1] - '0' : Environment.ProcessId % Lanes;
        var slot = Interlocked.Increment(ref s_next) % SlotsPerLane;
        return LowestOffset + (((lane * SlotsPerLane) + slot) * PortsPerSlot);
    }

    private static FileStream? Take()
    {
        for (var lane = 0; lane < Lanes; lane++)
        {
            try
            {
                var file = Path.Combine(Path.GetTempPath(), $"redb-test-ports-{lane}");
                return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                // Another program's.
            }
        }

        return null;
    }
}
