namespace Redb.TestKit;

/// <summary>Waits for what the world announces to nobody, such as a file that appears.</summary>
internal static class Until
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    public static Task TrueAsync(Func<bool> isTrue, string what) => TrueAsync(() => Task.FromResult(isTrue()), what);

    public static async Task TrueAsync(Func<Task<bool>> isTrue, string what)
    {
        using var patience = new CancellationTokenSource(Child.Patience);
        using var timer = new PeriodicTimer(s_pause);
        while (!await isTrue())
        {
            try
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"It did not come about that {what}.", late);
            }
        }
    }
}
