namespace Redb.Cli.Clients;

/// <summary>Waits for the answers of a supervisor: not for ever, and no longer than it is there.</summary>
internal static class Answering
{
    /// <summary>Waits for an answer.</summary>
    /// <param name="connection">Who answers.</param>
    /// <param name="askAsync">Asks.</param>
    /// <param name="time">Clock of the limit.</param>
    /// <param name="limit">Longest wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">The limit is over.</exception>
    /// <exception cref="CommandFailure">The supervisor closed the connection, or died.</exception>
    public static async Task<T> AskAsync<T>(
        this ISupervisorConnection connection,
        Func<Task<T>> askAsync,
        TimeProvider time,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(connection.Lost, cancellationToken);
        try
        {
            return await askAsync().WaitAsync(limit, time, either.Token);
        }
        catch (OperationCanceledException)
            when (connection.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw WentAway("it closed the connection before it answered");
        }
    }

    /// <summary>A supervisor was there, and is not any more; it may be about to come back.</summary>
    public static CommandFailure WentAway(string cause) =>
        new(ExitCode.Unavailable, "the supervisor went away", cause, "redbctl status") { MayPass = true };

    /// <summary>Waits within <see cref="AnswerBound"/>.</summary>
    public static Task<T> AskAsync<T>(
        this ISupervisorConnection connection,
        Func<Task<T>> askAsync,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => connection.AskAsync(askAsync, time, AnswerBound.Value, cancellationToken);

    /// <summary>Waits for the end of a call that answers nothing.</summary>
    public static Task AskAsync(
        this ISupervisorConnection connection,
        Func<Task> askAsync,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        connection.AskAsync(
            async () =>
            {
                await askAsync();
                return true;
            },
            time,
            cancellationToken
        );
}
