namespace Redb.Keyring.Platforms.SecretService;

/// <summary>Tells calls that block to give up; safe to be told when they are long over.</summary>
internal sealed class Cancellable : IDisposable
{
    private readonly Lock _gate = new();
    private bool _isDisposed;

    public nint Handle { get; } = GLib.NewCancellable();

    public bool IsCancelled { get; private set; }

    public void Cancel()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                IsCancelled = true;
                GLib.Cancel(Handle);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            GLib.Release(Handle);
        }
    }
}
