using System.Globalization;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Redb.Hosting.Service.Configuration;
using Redb.Hosting.Service.Lifecycle;
using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;

namespace Redb.Hosting.Service.Supervision;

/// <summary>The service's entry in the supervisor's registry: made, renewed under the same instance id, and removed.</summary>
internal sealed partial class Registration(
    SupervisorChannel supervisor,
    ServiceIdentity identity,
    Listener listener,
    IOptions<ReDbServiceOptions> options,
    LiveConfiguration configuration
)
{
    private string? _serviceId;

    /// <summary>The id the supervisor gave, or null where there is no registration.</summary>
    public string? ServiceId => Volatile.Read(ref _serviceId);

    /// <summary>Asks the supervisor once, without a bound of its own.</summary>
    public async Task<RegistrationAnswer> RegisterAsync(CancellationToken cancellation)
    {
        try
        {
            var response = await Client.RegisterServiceAsync(Request(), cancellationToken: cancellation);
            if (!response.Success)
            {
                return new RegistrationAnswer.Refused(response.Message);
            }

            Volatile.Write(ref _serviceId, response.ServiceId);
            configuration.Merge(response.InitialConfig?.Config ?? []);
            return new RegistrationAnswer.Accepted();
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled)
        {
            return new RegistrationAnswer.Unreachable(e.Status.Detail);
        }
        catch (RpcException e)
        {
            return new RegistrationAnswer.Refused($"{e.StatusCode}: {e.Status.Detail}");
        }
    }

    /// <summary>Takes the service off the registry. Whether that succeeds makes no difference to a service that ends.</summary>
    public async Task UnregisterAsync(string reason, ILogger logger, CancellationToken cancellation)
    {
        var request = new UnregisterServiceRequest { ServiceId = ServiceId, Reason = reason };
        try
        {
            await Client.UnregisterServiceAsync(request, cancellationToken: cancellation);
        }
        catch (RpcException e)
        {
            LogUnregisterFailed(logger, e.StatusCode, e.Status.Detail);
        }
    }

    private SupervisorService.SupervisorServiceClient Client =>
        supervisor.Client ?? throw new InvalidOperationException("A stand-alone service does not register.");

    private RegisterServiceRequest Request()
    {
        var service = new ServiceInfo
        {
            Name = identity.Name,
            Version = identity.Version,
            InstanceId = identity.InstanceId,
            Host = options.Value.AdvertisedHost,
            Port = listener.EndPoint.Port,
            Metadata =
            {
                options.Value.Metadata,
                { "start_time", identity.StartedAt.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture) },
            },
        };
        var capabilities = options.Value.Capabilities;
        return new()
        {
            Service = service,
            Capabilities = new()
            {
                SupportsHotReload = capabilities.HotReload,
                SupportsGracefulShutdown = capabilities.GracefulShutdown,
                Dependencies = { capabilities.Dependencies },
                RequiredConfig = { capabilities.RequiredConfig },
            },
        };
    }

    [LoggerMessage(
        Level = Microsoft.Extensions.Logging.LogLevel.Warning,
        Message = "The supervisor did not take the leave: {Code} {Detail}."
    )]
    private static partial void LogUnregisterFailed(ILogger logger, StatusCode code, string detail);
}
