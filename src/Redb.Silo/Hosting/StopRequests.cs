using System.Runtime.InteropServices;

namespace Redb.Silo.Hosting;

/// <summary>Hears SIGTERM, SIGINT and SIGHUP from the first moment on: the first asks for an ordered stop, the second for an immediate one.</summary>
internal sealed class StopRequests : IDisposable
{
    private readonly CancellationTokenSource _ordered = new();
    private readonly CancellationTokenSource _immediate = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopRequests()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Hear),
        ];
    }

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
        if (_ordered.IsCancellationRequested)
        {
            _immediate.Cancel();
        }

        _ordered.Cancel();
    }
}
