using Orleans.Concurrency;
using Redb.Abstractions.Services;
using Redb.Grains.Probes;

namespace Redb.Grains.Services;

/// <summary>How the world tells a service's grain what became of a run.</summary>
/// <remarks>A grain interface, so that news enters as a turn of its own whatever thread it came from; one way, so that the teller never waits.</remarks>
internal interface IRunReports : IGrainWithStringKey
{
    /// <summary>The run's process ended, whoever ended it.</summary>
    [OneWay]
    ValueTask ExitedAsync(RunId run, RunExit exit);

    /// <summary>The run said READY=1 on its notify socket.</summary>
    [OneWay]
    ValueTask NotifiedAsync(RunId run);

    /// <summary>An attempt of a probe has its result.</summary>
    [OneWay]
    ValueTask ProbedAsync(RunId run, ProbeRole role, ProbeResult result);

    /// <summary>The run cannot be asked to stop by its controller: it is not there or does not know how.</summary>
    [OneWay]
    ValueTask StopRefusedAsync(RunId run, string reason);

    /// <summary>The run uses more than one of its limits allows, and nothing but a watch enforces that limit: it must end.</summary>
    [OneWay]
    ValueTask LimitExceededAsync(RunId run, string reason);
}
