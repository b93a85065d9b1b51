using Redb.Grains.Probes;

namespace Redb.Silo.Probes;

/// <summary>One way of finding out how a service is.</summary>
internal interface IProbe
{
    /// <summary>What is asked, for people: <c>tcp 127.0.0.1:50055</c>.</summary>
    string Describe(ProbeTarget target);

    /// <summary>Asks once. Only cancellation is thrown; whatever else happens is an answer.</summary>
    Task<ProbeResult> AskAsync(ProbeTarget target, CancellationToken cancellationToken);
}
