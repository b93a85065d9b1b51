namespace Redb.Grains.Probes;

/// <summary>Makes single attempts of grpc, controller, http, tcp and exec probes. Implemented by the silo; a fake in tests.</summary>
internal interface IProber
{
    /// <summary>One attempt, bounded by the probe's time-out. What the world answers is a result, never an exception.</summary>
    Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken);
}
