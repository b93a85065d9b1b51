using Redb.Abstractions.Hosts;

namespace Redb.Cli.Clients;

/// <summary>Tries again what failed because a supervisor did not answer: one that restarts in place is back after a second or two.</summary>
/// <param name="Limit">How long after the beginning it is tried again; an attempt that has begun is not cut short.</param>
internal sealed record Persistence(TimeSpan Limit)
{
    /// <summary>Time between two attempts.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>One attempt.</summary>
    public static Persistence None { get; } = new(TimeSpan.Zero);

    /// <summary>Enough for a restart in place, and less than it takes to find out that a supervisor is frozen: 3 s.</summary>
    public static Persistence Standard { get; } = new(TimeSpan.FromSeconds(3));

    /// <summary>Whether a failure may be over in a moment; a refusal is not, and neither is a supervisor that is gone.</summary>
    public static bool MayPass(Exception failure) =>
        failure
            is CommandFailure { MayPass: true }
                or TimeoutException
                or HostUnreachableException
                or Orleans.Runtime.OrleansException;

    /// <summary>Runs an attempt until it succeeds, fails for good, or the limit is over: then its last failure stands.</summary>
    /// <param name="time">Clock of the limit.</param>
    /// <param name="attemptAsync">Hears how much time earlier attempts have cost. Finds the supervisor anew, and fails for good when its process is gone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<T> RunAsync<T>(
        TimeProvider time,
        Func<TimeSpan, Task<T>> attemptAsync,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        var lost = TimeSpan.Zero;
        while (true)
        {
            try
            {
                return await attemptAsync(lost);
            }
            catch (Exception failure) when (MayPass(failure) && time.GetElapsedTime(began) + Pause < Limit)
            {
                // The next attempt tells, or says it again.
            }

            await Task.Delay(Pause, time, cancellationToken);
            lost = time.GetElapsedTime(began);
        }
    }
}
