using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Tests.Doubles;

/// <summary>A supervisor on a real socket that remembers what it was told and answers as a test says.</summary>
internal sealed class FakeSupervisor : SupervisorService.SupervisorServiceBase, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ServiceStatus> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Channel<ServiceHealthUpdate>> _watchers = [];
    private WebApplication? _app;

    public Recorder<RegisterServiceRequest> Registrations { get; } = new();

    public Recorder<HeartbeatRequest> Heartbeats { get; } = new();

    public Recorder<LogEntry> Logs { get; } = new();

    public Recorder<UnregisterServiceRequest> Departures { get; } = new();

    /// <summary>Names of all calls in their order.</summary>
    public Recorder<string> Calls { get; } = new();

    public string ServiceId { get; init; } = Guid.NewGuid().ToString();

    public Func<RegisterServiceRequest, RegisterServiceResponse?> OnRegister { get; set; } = _ => null;

    public Func<HeartbeatRequest, HeartbeatResponse> OnHeartbeat { get; set; } = _ => new() { Acknowledged = true };

    /// <summary>Lets a test hold the log stream back: the stream reads on when this ends.</summary>
    public Task LogGate { get; set; } = Task.CompletedTask;

    /// <summary>Lets a test keep heartbeats unanswered until this ends.</summary>
    public Task HeartbeatGate { get; set; } = Task.CompletedTask;

    public int Port { get; private set; }

    public string Address => $"localhost:{Port}";

    public static async Task<FakeSupervisor> StartAsync(int port = 0)
    {
        var supervisor = new FakeSupervisor();
        await supervisor.ListenAsync(port);
        return supervisor;
    }

    public async Task ListenAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2)
        );
        _app = builder.Build();
        _app.MapGrpcService<FakeSupervisor>();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Port = new Uri(_app.Urls.Single()).Port;
    }

    /// <summary>Goes away at once, cutting all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _app, null) is { } app)
        {
            await app.StopAsync(new CancellationToken(canceled: true));
            await app.DisposeAsync();
        }
    }

    public override Task<RegisterServiceResponse> RegisterService(
        RegisterServiceRequest request,
        ServerCallContext context
    )
    {
        Calls.Add(nameof(RegisterService));
        var response = OnRegister(request) ?? new() { Success = true, ServiceId = ServiceId };
        if (response.Success)
        {
            _known[response.ServiceId] = new() { Info = request.Service, State = ServiceState.Starting };
        }

        Registrations.Add(request);
        return Task.FromResult(response);
    }

    public override async Task<HeartbeatResponse> SendHeartbeat(HeartbeatRequest request, ServerCallContext context)
    {
        Calls.Add(nameof(SendHeartbeat));
        Heartbeats.Add(request);
        await HeartbeatGate.WaitAsync(context.CancellationToken);
        Take(request);
        return OnHeartbeat(request);
    }

    public override async Task<LogStreamResponse> StreamLogs(
        IAsyncStreamReader<LogStreamRequest> requestStream,
        ServerCallContext context
    )
    {
        Calls.Add(nameof(StreamLogs));
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            Logs.Add(requestStream.Current.Entry);
            await LogGate.WaitAsync(context.CancellationToken);
        }

        return new() { Acknowledged = true };
    }

    public override Task<UnregisterServiceResponse> UnregisterService(
        UnregisterServiceRequest request,
        ServerCallContext context
    )
    {
        Calls.Add(nameof(UnregisterService));
        Departures.Add(request);
        var removed = _known.TryRemove(request.ServiceId, out _);
        return Task.FromResult(
            new UnregisterServiceResponse { Success = removed, Message = removed ? "" : "service not found" }
        );
    }

    public override Task<ListServicesResponse> ListServices(ListServicesRequest request, ServerCallContext context) =>
        Task.FromResult(new ListServicesResponse { Services = { _known.Values } });

    public override Task<GetServiceStatusResponse> GetServiceStatus(
        GetServiceStatusRequest request,
        ServerCallContext context
    ) => Task.FromResult(new GetServiceStatusResponse { Status = Find(request.ServiceId) });

    public override async Task WatchServiceHealth(
        WatchServiceHealthRequest request,
        IServerStreamWriter<ServiceHealthUpdate> responseStream,
        ServerCallContext context
    )
    {
        var updates = Channel.CreateUnbounded<ServiceHealthUpdate>();
        _watchers.Add(updates);
        await foreach (var update in updates.Reader.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(update, context.CancellationToken);
        }
    }

    private ServiceStatus Find(string id) =>
        _known.GetValueOrDefault(id) ?? throw new RpcException(new(StatusCode.Unknown, "service not found"));

    private void Take(HeartbeatRequest beat)
    {
        var status = Find(beat.ServiceId);
        var update = new ServiceHealthUpdate
        {
            ServiceId = beat.ServiceId,
            OldStatus = status.Health,
            NewStatus = beat.HealthStatus,
        };
        (status.Health, status.Metrics) = (beat.HealthStatus, beat.Metrics);
        if (update.OldStatus != update.NewStatus)
        {
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(update);
            }
        }
    }
}
