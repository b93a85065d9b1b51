using Redb.Protocol.Common;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>Who this process is: the configured name and version, and an instance id that lasts as long as it runs.</summary>
internal sealed record ServiceIdentity(string Name, string Version, string InstanceId, DateTimeOffset StartedAt)
{
    /// <summary>The short form that log entries carry: no address, no metadata.</summary>
    public ServiceInfo ToLogSource() =>
        new()
        {
            Name = Name,
            Version = Version,
            InstanceId = InstanceId,
        };
}
