using System.Runtime.InteropServices;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>Turns SIGINT and SIGTERM into a stop request, or swallows them, from the first moment on.</summary>
internal sealed class SignalWatch : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    public SignalWatch(StopSignal stop, bool ignore)
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];

        void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            if (!ignore)
            {
                stop.Request();
            }
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
