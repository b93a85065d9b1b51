namespace Redb.Benchmarks.World;

/// <summary>Waits for what nobody announces.</summary>
internal static class Until
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);

    /// <summary>Looks again and again, until something holds.</summary>
    /// <exception cref="TimeoutException">It does not hold in time.</exception>
    public static Task TrueAsync(Func<bool> holds, string what, TimeSpan limit) =>
        TrueAsync(() => Task.FromResult(holds()), what, limit);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string, TimeSpan)" />
    public static async Task TrueAsync(Func<Task<bool>> holds, string what, TimeSpan limit)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(began) > limit)
            {
                throw new TimeoutException($"Waited {limit.TotalSeconds} s in vain for {what}.");
            }

            await Task.Delay(Glance, TimeProvider.System);
        }
    }
}
