using System.Globalization;

namespace Redb.Silo.Cluster;

/// <summary>How long a supervisor waits before it restarts in place once more: a silo that the others give up again and again must not do nothing but start.</summary>
/// <param name="first">Shortest life before the first one in a row.</param>
/// <param name="longest">What doubling stops at, and the life after which the row is over.</param>
internal sealed class RestartBackOff(TimeSpan first, TimeSpan longest)
{
    /// <summary>Environment variable that says how many restarts in a row were before this life: nothing else of a process outlives its replacement.</summary>
    public const string Variable = "REDB_SUPERVISOR_RESTARTS";

    // Doubling a day so often is beyond all limits.
    private const int Most = 30;

    /// <summary>How many restarts in a row there were before this life.</summary>
    public static int Row =>
        int.TryParse(
            Environment.GetEnvironmentVariable(Variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var row
        )
            ? Math.Min(row, Most)
            : 0;

    /// <summary>How long to wait still, and how many restarts in a row that will have been.</summary>
    /// <param name="row">How many there were before this life.</param>
    /// <param name="life">How long it has lasted.</param>
    public (TimeSpan Wait, int Row) Next(int row, TimeSpan life)
    {
        var before = life >= longest ? 0 : Math.Min(row, Most);
        var least = TimeSpan.FromTicks((long)Math.Min(longest.Ticks, first.Ticks * Math.Pow(2, before)));
        return (least > life ? least - life : TimeSpan.Zero, before + 1);
    }

    /// <summary>Lets the next life know.</summary>
    public static void Note(int row) =>
        Environment.SetEnvironmentVariable(Variable, row.ToString(CultureInfo.InvariantCulture));
}
