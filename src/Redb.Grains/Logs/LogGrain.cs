using Microsoft.Extensions.Hosting;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Logs;
using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;
using Redb.Grains.Planning;

namespace Redb.Grains.Logs;

/// <summary>Hands out the logs of a group's services. Apart from the group's grain, so that reading never delays supervision.</summary>
[OnHost]
internal sealed class LogGrain(HostPlan host, ILogFiles files, IHostApplicationLifetime lifetime) : Grain, ILogGrain
{
    public IAsyncEnumerable<LogLine> ReadAsync(LogQuery query, CancellationToken cancellationToken = default)
    {
        var group = GroupKey.Parse(this.GetPrimaryKeyString());
        var service =
            host.FindService(group.ToService(query.Service))
            ?? throw new KeyNotFoundException($"Service '{query.Service}' is not configured in group '{group.Group}'.");
        return files
            .ReadAsync(service.Order.LogFile, query, cancellationToken)
            .UntilAsync(lifetime.ApplicationStopping, cancellationToken);
    }
}
