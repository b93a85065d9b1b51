using System.Collections.Immutable;
using System.IO.Enumeration;
using Grpc.Core;
using Redb.Abstractions.Services;
using Redb.Grains.Planning;
using Redb.Grains.Services;
using Redb.Protocol.Supervisor;
using WireState = Redb.Protocol.Common.ServiceState;

namespace Redb.Silo.Supervisor;

/// <summary>The wire's SupervisorService: translates, calls a grain, translates back.</summary>
/// <remarks>One listener per instance group; the port a call came in on says which group it means.</remarks>
internal sealed class SupervisorService(SupervisorEndpoint endpoint, LogIntake logs, TimeProvider time)
    : Redb.Protocol.Supervisor.SupervisorService.SupervisorServiceBase
{
    // Old clients compare this text (contract 1.3).
    private const string NotFound = "service not found";

    public override async Task<RegisterServiceResponse> RegisterService(
        RegisterServiceRequest request,
        ServerCallContext context
    )
    {
        var name = request.Service?.Name ?? "";
        if (!ServiceId.IsName(name))
        {
            return new()
            {
                Message =
                    $"service.name must be 1 to 63 letters, digits, '.', '-' or '_', was '{WireLimits.Cut(name)}'",
            };
        }

        if (WireLimits.Refusal(request.Service!) is { } refusal)
        {
            return new() { Message = refusal };
        }

        var group = GroupOf(context);
        var registration = request.Service!.ToRegistration();
        var reply = endpoint.FindService(group, name) is { } service
            ? await service.RegisterAsync(registration)
            : await endpoint.Members(group).RegisterGuestAsync(registration);
        return new()
        {
            Success = reply.Success,
            Message = reply.Message,
            ServiceId = reply.ServiceId,
            InitialConfig = reply.Initial?.ToWire(),
        };
    }

    public override async Task<UnregisterServiceResponse> UnregisterService(
        UnregisterServiceRequest request,
        ServerCallContext context
    )
    {
        var group = GroupOf(context);
        var reason = WireLimits.Cut(request.Reason);
        var isKnown = endpoint.FindService(group, ServiceId.NameIn(request.ServiceId)) is { } service
            ? await service.UnregisterAsync(request.ServiceId, reason)
            : await endpoint.Members(group).UnregisterGuestAsync(request.ServiceId, reason);
        return new() { Success = isKnown, Message = isKnown ? "Service unregistered successfully" : NotFound };
    }

    public override async Task<StartServiceResponse> StartService(
        StartServiceRequest request,
        ServerCallContext context
    )
    {
        var group = GroupOf(context);
        if (endpoint.FindService(group, request.ServiceName) is not { } service)
        {
            return new() { Message = NotFound };
        }

        var refusal = WireLimits.Refusal("config_overrides", request.ConfigOverrides);
        if (
            refusal is null
            && !await service.OverrideAsync(request.ConfigOverrides.ToImmutableDictionary(StringComparer.Ordinal))
        )
        {
            refusal = $"{request.ServiceName} has as many overridden settings as are remembered";
        }

        if (refusal is not null)
        {
            return new() { Message = refusal };
        }

        var result = await endpoint.Group(group).StartAsync([request.ServiceName]);
        if (result.Refusal.Length > 0)
        {
            return new() { Message = result.Refusal };
        }

        var view = await service.GetViewAsync();
        return result.Accepted.IsEmpty
            ? new() { Message = $"{request.ServiceName} is disabled in the configuration" }
            : new()
            {
                Success = true,
                Message = view.Phase.IsReady() ? "Service is running already" : "Service start initiated",
                ServiceId = view.ServiceId ?? request.ServiceName,
            };
    }

    public override async Task<StopServiceResponse> StopService(StopServiceRequest request, ServerCallContext context)
    {
        var group = GroupOf(context);
        var name = await NameOfAsync(group, request.ServiceId);
        var grace = GraceOf(request);
        return name is not null && await endpoint.Members(group).StopServiceAsync(name, grace, request.Force)
            ? new() { Success = true, Message = "Service stop initiated" }
            : new() { Message = NotFound };
    }

    public override async Task<GetServiceStatusResponse> GetServiceStatus(
        GetServiceStatusRequest request,
        ServerCallContext context
    )
    {
        var views = await endpoint.Members(GroupOf(context)).ListAsync();
        var view = views.FirstOrDefault(view => IsMeant(view, request.ServiceId)) ?? throw NoSuchService();
        return new() { Status = view.ToWire() };
    }

    public override async Task<ListServicesResponse> ListServices(
        ListServicesRequest request,
        ServerCallContext context
    )
    {
        var pattern = request.NamePattern.Length == 0 ? "*" : request.NamePattern;
        if (pattern.Length > WireLimits.Characters)
        {
            throw Invalid($"name_pattern may have {WireLimits.Characters} characters");
        }

        var views = await endpoint.Members(GroupOf(context)).ListAsync();
        var listed = views
            .Where(view => FileSystemName.MatchesSimpleExpression(pattern, view.Name, ignoreCase: false))
            .Select(view => view.ToWire())
            .Where(status => request.StateFilter is WireState.Unspecified || status.State == request.StateFilter);
        var response = new ListServicesResponse();
        response.Services.AddRange(listed);
        return response;
    }

    public override async Task<LogStreamResponse> StreamLogs(
        IAsyncStreamReader<LogStreamRequest> requestStream,
        ServerCallContext context
    )
    {
        var group = GroupOf(context);
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            // An entry without content is no reason to end the stream of a service (fault 28).
            if (requestStream.Current.Entry is { } entry)
            {
                logs.Take(group, entry);
            }
        }

        return new() { Acknowledged = true };
    }

    public override async Task<HeartbeatResponse> SendHeartbeat(HeartbeatRequest request, ServerCallContext context)
    {
        var group = GroupOf(context);
        var health = request.HealthStatus.ToHealth();
        var metrics = request.Metrics.ToMetrics();
        var reply = endpoint.FindService(group, ServiceId.NameIn(request.ServiceId)) is { } service
            ? await service.HeartbeatAsync(request.ServiceId, health, metrics)
            : await endpoint.Members(group).GuestHeartbeatAsync(request.ServiceId, health, metrics);
        if (!reply.IsKnown)
        {
            throw NoSuchService();
        }

        var response = new HeartbeatResponse { Acknowledged = true };
        if (reply.ConfigUpdate is { } update)
        {
            response.ConfigUpdate = new();
            response.ConfigUpdate.Config.Add(update);
        }

        foreach (var command in reply.Commands)
        {
            response.Commands.Add(new ServiceCommand { Type = (ServiceCommand.Types.CommandType)command });
        }

        return response;
    }

    public override async Task WatchServiceHealth(
        WatchServiceHealthRequest request,
        IServerStreamWriter<ServiceHealthUpdate> responseStream,
        ServerCallContext context
    )
    {
        if (request.ServiceIds.Count > WireLimits.Entries)
        {
            throw Invalid($"service_ids may have {WireLimits.Entries} entries; none means all");
        }

        var changes = new HealthChanges(view => IsWatched(view, request), time);
        var views = endpoint.Group(GroupOf(context)).WatchAsync(context.CancellationToken);
        await foreach (var group in views.WithCancellation(context.CancellationToken))
        {
            foreach (var update in changes.Next(group.Services))
            {
                await responseStream.WriteAsync(update, context.CancellationToken);
            }
        }
    }

    private static bool IsWatched(ServiceView view, WatchServiceHealthRequest request) =>
        request.ServiceIds.Count == 0 || request.ServiceIds.Any(id => IsMeant(view, id));

    // A service may be named by the id it was given or by its name: one that never registered has no id.
    private static bool IsMeant(ServiceView view, string id) =>
        id.Length > 0 && (view.ServiceId == id || view.Name == id);

    private async Task<string?> NameOfAsync(GroupPlan group, string id) =>
        (await endpoint.Members(group).ListAsync()).FirstOrDefault(view => IsMeant(view, id))?.Name;

    private GroupPlan GroupOf(ServerCallContext context) =>
        endpoint.GroupAt(context.GetHttpContext().Connection.LocalPort);

    private static TimeSpan? GraceOf(StopServiceRequest request)
    {
        try
        {
            return request.GracePeriod?.ToTimeSpan();
        }
        catch (InvalidOperationException)
        {
            // Seconds and nanos that do not go together, or more than the wire's type allows.
            throw Invalid("grace_period is no duration");
        }
    }

    private static RpcException Invalid(string reason) => new(new Grpc.Core.Status(StatusCode.InvalidArgument, reason));

    private static RpcException NoSuchService() => new(new Grpc.Core.Status(StatusCode.NotFound, NotFound));
}
