namespace Redb.Hosting.Service.Supervision;

/// <summary>A number of the service's own that goes with every heartbeat.</summary>
internal sealed record CustomMetric(string Name, Func<long> Read);
