namespace Redb.Chaos.Kit;

/// <summary>Randomness that can be had again: <c>REDB_CHAOS_SEED</c> sets the seed, which every failure names.</summary>
internal sealed class Chance(int seed)
{
    private const string Variable = "REDB_CHAOS_SEED";

    private readonly Random _random = new(seed);

    /// <summary>The seed to run with to meet the same choices again.</summary>
    public int Seed => seed;

    /// <summary>The seed of the environment, or one that differs from run to run.</summary>
    public static Chance New() =>
        new(
            int.TryParse(Environment.GetEnvironmentVariable(Variable), out var seed)
                ? seed
                : (int)(TimeProvider.System.GetTimestamp() % 1_000_000)
        );

    /// <summary>A number from 0 to below the limit.</summary>
    public int Below(int limit) => _random.Next(limit);

    /// <summary>A time up to the limit.</summary>
    public TimeSpan Within(TimeSpan limit) => limit * _random.NextDouble();

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>So many different ones, in random order.</summary>
    public IReadOnlyList<T> Some<T>(IEnumerable<T> all, int count)
    {
        var shuffled = all.ToArray();
        _random.Shuffle(shuffled);
        return shuffled[..count];
    }

    public override string ToString() => $"{Variable}={seed}";
}
