namespace Redb.Abstractions.Probes;

/// <summary>How a probe finds out.</summary>
public enum ProbeKind
{
    /// <summary>Always passes: the process being there is enough.</summary>
    None = 0,

    /// <summary>
    /// The service registered and sent a HEALTHY or DEGRADED heartbeat within the time-out, and, as a readiness probe,
    /// its port accepts a connection. The default for reDB services.
    /// </summary>
    Heartbeat = 1,

    /// <summary><c>grpc.health.v1.Health/Check</c> answers SERVING.</summary>
    Grpc = 2,

    /// <summary><c>ServiceControllerService/GetHealth</c> answers HEALTHY or DEGRADED.</summary>
    Controller = 3,

    /// <summary>An HTTP GET answers 200 to 399.</summary>
    Http = 4,

    /// <summary>A TCP connection is accepted.</summary>
    Tcp = 5,

    /// <summary>A command exits 0.</summary>
    Exec = 6,

    /// <summary>The process says <c>READY=1</c> on the socket named by <c>NOTIFY_SOCKET</c> (the sd_notify protocol). Readiness only.</summary>
    Notify = 7,
}
