namespace Redb.Initialization;

/// <summary>Carries a failure that is already in words from deep within a step to the run, which catches it once.</summary>
internal sealed class InitializationException(Failure failure) : Exception(failure.What)
{
    public Failure Failure { get; } = failure;
}
