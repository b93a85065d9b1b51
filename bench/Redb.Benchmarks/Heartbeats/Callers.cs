using Grpc.Health.V1;
using Grpc.Net.Client;
using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;

namespace Redb.Benchmarks.Heartbeats;

/// <summary>Registered services, each on one of several connections, and the calls they make.</summary>
internal sealed class Callers : IDisposable
{
    private readonly GrpcChannel[] _channels;
    private readonly SupervisorService.SupervisorServiceClient[] _supervisors;
    private readonly Health.HealthClient[] _health;
    private HeartbeatRequest[] _heartbeats = [];

    public Callers(int port, int connections)
    {
        _channels =
        [
            .. Enumerable.Range(0, connections).Select(_ => GrpcChannel.ForAddress($"http://127.0.0.1:{port}")),
        ];
        _supervisors = [.. _channels.Select(channel => new SupervisorService.SupervisorServiceClient(channel))];
        _health = [.. _channels.Select(channel => new Health.HealthClient(channel))];
    }

    /// <summary>Registers the services, whose heartbeats the callers send by turns.</summary>
    public async Task RegisterAsync(IEnumerable<string> names)
    {
        var heartbeats = new List<HeartbeatRequest>();
        foreach (var name in names)
        {
            var service = new ServiceInfo { Name = name, InstanceId = name };
            var reply = await _supervisors[0].RegisterServiceAsync(new() { Service = service });
            heartbeats.Add(Heartbeat(reply.ServiceId));
        }

        _heartbeats = [.. heartbeats];
    }

    public async Task HeartbeatAsync(int caller)
    {
        var reply = await _supervisors[caller % _supervisors.Length]
            .SendHeartbeatAsync(_heartbeats[caller % _heartbeats.Length]);
        if (!reply.Acknowledged)
        {
            throw new InvalidOperationException("A heartbeat was not acknowledged.");
        }
    }

    /// <summary>A call that costs the server everything but the work: no grain, no state.</summary>
    public async Task NoOperationAsync(int caller) => await _health[caller % _health.Length].CheckAsync(new());

    public void Dispose()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }
    }

    // As large as those of a real service.
    private static HeartbeatRequest Heartbeat(string serviceId) =>
        new()
        {
            ServiceId = serviceId,
            HealthStatus = HealthStatus.Healthy,
            Timestamp = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = 1_800_000_000 },
            Metrics = new()
            {
                MemoryUsageBytes = 64 << 20,
                CpuUsagePercent = 1.5,
                Goroutines = 42,
                CustomMetrics = { ["requests"] = 12_345, ["connections"] = 17 },
            },
        };
}
