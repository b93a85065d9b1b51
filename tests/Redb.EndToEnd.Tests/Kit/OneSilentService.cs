using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;
using Redb.TestKit;

namespace Redb.EndToEnd.Tests.Kit;

/// <summary>A supervisor whose one service says nothing, so that the tests can speak in its name.</summary>
public abstract class OneSilentService : IAsyncLifetime
{
    private protected Supervised Group { get; private set; } = null!;

    protected SupervisorService.SupervisorServiceClient Client => Group.Client;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // A process that says nothing: the test registers in its name and says what a service would say.
        var file = new GroupFile().Program(
            "core",
            "/bin/sh",
            "'-c', 'exec sleep 1000', core, --port=50055",
            "config: {services.core.timeout: '30'}",
            "environment: {SERVICE_NAME: core}",
            "resources: {max_memory_mb: 512, max_cpu_percent: 150}"
        );
        file.Program("webhook", "/bin/sleep", "'1000'", "enabled: false", "required: false");
        Group = await Supervised.StartAsync(file);
        await Group.Process.LineAsync("core", "-> Starting");
    }

    public async ValueTask DisposeAsync()
    {
        await Group.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<RegisterServiceResponse> RegisterAsync(
        string name,
        string instance = "only",
        int port = 50055
    ) =>
        await Client.RegisterServiceAsync(
            new()
            {
                Service = new()
                {
                    Name = name,
                    Version = "1.0.0",
                    InstanceId = instance,
                    Host = "localhost",
                    Port = port,
                },
            },
            cancellationToken: Cancellation
        );

    protected async Task<HeartbeatResponse> HeartbeatAsync(string id, HealthStatus health = HealthStatus.Healthy) =>
        await Client.SendHeartbeatAsync(
            new()
            {
                ServiceId = id,
                HealthStatus = health,
                Metrics = new() { MemoryUsageBytes = 1234 },
            },
            cancellationToken: Cancellation
        );
}
