using System.Runtime.InteropServices;

namespace Redb.Silo.Hosting;

/// <summary>
/// Hears SIGTERM, SIGINT and SIGHUP from the first moment on, and what tools ask for: the first request asks for an end in order, the second for
/// an immediate one.
/// </summary>
internal sealed class StopRequests : IDisposable
{
    private readonly CancellationTokenSource _ordered = new();
    private readonly CancellationTokenSource _immediate = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Lock _lock = new();
    private bool _isAsked;

    public StopRequests()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Hear),
        ];
    }

    /// <summary>How to end on a signal. Default <see cref="Ending.Stop"/>.</summary>
    public Ending OnSignal { get; set; }

    /// <summary>How to end, once <see cref="Ordered"/> is cancelled.</summary>
    public Ending Ending { get; private set; }

    /// <summary>Cancelled by the first request.</summary>
    public CancellationToken Ordered => _ordered.Token;

    /// <summary>Cancelled by the second.</summary>
    public CancellationToken Immediate => _immediate.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _ordered.Dispose();
        _immediate.Dispose();
    }

    private void Hear(PosixSignalContext context)
    {
        // Ours to answer; the default would end the process on the spot (fault 13).
        context.Cancel = true;
        Request(OnSignal);
    }

    /// <summary>Asks for an end; a second request does not change how, only how soon. What comes of it does so on another thread.</summary>
    public void Request(Ending ending)
    {
        lock (_lock)
        {
            if (!_isAsked)
            {
                (_isAsked, Ending) = (true, ending);
                _ordered.CancelAfter(TimeSpan.Zero);
                return;
            }
        }

        _immediate.CancelAfter(TimeSpan.Zero);
    }
}
