using System.Diagnostics.CodeAnalysis;

namespace Redb.Grains.Instances;

/// <summary>Wakes everybody who waits for the next change; a waiter takes the signal before it looks, so no change is missed. Safe across threads.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next change.</summary>
    [SuppressMessage("Usage", "VSTHRD003", Justification = "It is completed by Raise, which waits for nobody.")]
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() =>
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
