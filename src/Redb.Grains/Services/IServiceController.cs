using Redb.Abstractions.Instances;

namespace Redb.Grains.Services;

/// <summary>Asks services things over their ServiceControllerService. Implemented by the silo; a fake in tests.</summary>
internal interface IServiceController
{
    /// <summary>
    /// Asks a run to stop, without waiting for it. CANCELLED, UNAVAILABLE after the connection stood and DEADLINE_EXCEEDED are no errors: the
    /// process's exit is the truth. Only when nobody listens, or the method is not implemented, is <see cref="IRunReports.StopRefusedAsync"/> called.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="run">The run, given back in the report.</param>
    /// <param name="endpoint">Where its controller listens, <c>host:port</c>.</param>
    /// <param name="grace">Sent as grace_period; also the deadline of the call.</param>
    /// <param name="reports">Where a refusal is told.</param>
    void RequestStop(ServiceKey service, RunId run, string endpoint, TimeSpan grace, IRunReports reports);
}
