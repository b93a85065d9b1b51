namespace Redb.Initialization.Steps;

/// <summary>Bounds the time of one initialization, and of each of its steps.</summary>
/// <param name="all">Longest time for all steps together; infinite while somebody is asked.</param>
/// <param name="each">Longest time for one look or one deed; infinite while somebody is asked.</param>
/// <param name="time">Clock.</param>
internal sealed class StepBounds(TimeSpan all, TimeSpan each, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _all = new(all, time);

    /// <summary>Runs a part of a step.</summary>
    /// <exception cref="InitializationException">Time is over, the caller has had enough, or the part says why it cannot go on.</exception>
    public async Task RunAsync(string step, Func<CancellationToken, Task> part, CancellationToken cancellationToken)
    {
        using var one = new CancellationTokenSource(each, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_all.Token, one.Token, cancellationToken);
        try
        {
            // The wait is bounded even where the part does not listen.
            await part(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new InitializationException(Interrupted(step));
        }
        catch (Exception late)
            when (either.IsCancellationRequested && late is OperationCanceledException or TimeoutException)
        {
            throw new InitializationException(
                _all.IsCancellationRequested
                    ? TooLate("the initialization", all, "initialization.timeout", step)
                    : TooLate($"step {step}", each, "initialization.step_timeout", step)
            );
        }
    }

    public void Dispose() => _all.Dispose();

    private static Failure Interrupted(string step) =>
        new(
            FailureKind.Interrupted,
            $"interrupted in step {step}",
            "a signal asked for it",
            "start it again: it goes on where it is"
        );

    private static Failure TooLate(string what, TimeSpan limit, string setting, string step) =>
        new(
            FailureKind.TimedOut,
            $"{what} was not done in {limit.TotalSeconds:0.###} s",
            $"step {step} waited for an answer that did not come",
            $"see whether the server is overloaded or locked, or set {setting} higher; then start it again: it goes on where it is"
        );
}
