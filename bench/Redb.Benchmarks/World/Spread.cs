namespace Redb.Benchmarks.World;

/// <summary>What a set of samples looks like; in the unit of the samples.</summary>
internal sealed record Spread(double Median, double P99, double Min, double Max, int N)
{
    public static Spread Of(IEnumerable<double> samples)
    {
        var ordered = samples.Order().ToArray();
        return new(At(ordered, 0.5), At(ordered, 0.99), ordered[0], ordered[^1], ordered.Length);
    }

    private static double At(double[] ordered, double share) =>
        ordered[Math.Min(ordered.Length - 1, (int)(ordered.Length * share))];
}
