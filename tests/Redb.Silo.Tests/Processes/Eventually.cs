using System.Runtime.CompilerServices;

namespace Redb.Silo.Tests.Processes;

/// <summary>For facts of the system that come with no event: asks again until they hold, and names what did not.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static async Task True(
        Func<bool> condition,
        CancellationToken cancellationToken,
        [CallerArgumentExpression(nameof(condition))] string what = ""
    )
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            TimeProvider
                .System.GetElapsedTime(began)
                .Should()
                .BeLessThan(Deadline, "this was to become true: {0}", what);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}
