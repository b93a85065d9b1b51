using System.Globalization;

namespace Redb.Hosts.Tests.Kit;

/// <summary>How often everything is done, and where what it took is written: the suite does it once, <c>bench/cluster</c> often.</summary>
internal static class Figures
{
    /// <summary>Rounds, from <c>REDB_HOSTS_ROUNDS</c>. Default 1.</summary>
    public static int Rounds { get; } = Number("REDB_HOSTS_ROUNDS", 1);

    /// <summary>How long PostgreSQL is away, from <c>REDB_HOSTS_OUTAGE</c> in seconds. Default 15.</summary>
    public static TimeSpan Outage { get; } = TimeSpan.FromSeconds(Number("REDB_HOSTS_OUTAGE", 15));

    /// <summary>Whether the machine is quiet and the promised figures are asked for, and not only that it works.</summary>
    public static bool AreMeant => File is not null;

    private static string? File { get; } = Environment.GetEnvironmentVariable("REDB_HOSTS_FIGURES");

    /// <summary>Runs something until it has happened.</summary>
    /// <returns>How long that took.</returns>
    public static async Task<TimeSpan> TakeAsync(Func<Task> happening)
    {
        var began = TimeProvider.System.GetTimestamp();
        await happening();
        return TimeProvider.System.GetElapsedTime(began);
    }

    /// <summary>Writes down what something took, and fails where the median is more than was promised.</summary>
    /// <param name="what">What it was.</param>
    /// <param name="took">Each round.</param>
    /// <param name="promised">Longest median.</param>
    public static void Judge(string what, IReadOnlyList<TimeSpan> took, TimeSpan promised)
    {
        var sorted = took.Order().ToList();
        var median = (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
        if (File is null)
        {
            return;
        }

        System.IO.File.AppendAllText(
            File,
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {what} | {median.TotalSeconds:0.0} s | {sorted[0].TotalSeconds:0.0} to {sorted[^1].TotalSeconds:0.0} s | {sorted.Count} | {promised.TotalSeconds:0} s |\n"
            )
        );
        median.Should().BeLessThanOrEqualTo(promised, what);
    }

    private static int Number(string variable, int fallback) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(variable),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : fallback;
}
