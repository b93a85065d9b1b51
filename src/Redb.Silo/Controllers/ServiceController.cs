using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Redb.Abstractions.Instances;
using Redb.Grains.Services;
using Redb.Protocol.Supervisor;
using Redb.Silo.Processes;

namespace Redb.Silo.Controllers;

/// <summary>Asks services to stop over their controller, and tells only when there is nobody to ask.</summary>
internal sealed partial class ServiceController(
    ServiceConnections connections,
    TimeProvider time,
    ILogger<ServiceController> logger
) : IServiceController, IAsyncDisposable
{
    // Less could not carry the request to a busy service, and nothing waits for it.
    private static readonly TimeSpan ShortestDeadline = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly BackgroundTasks _calls = new(logger);
    private readonly CancellationTokenSource _end = new();
    private bool _ended;

    public void RequestStop(ServiceKey service, RunId run, string endpoint, TimeSpan grace, IRunReports reports) =>
        _calls.Run(
            "ask a service to stop",
            async () =>
            {
                if (await StopAsync(service, run, endpoint, grace) is { } refusal)
                {
                    await reports.StopRefusedAsync(run, refusal);
                }
            }
        );

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, true))
        {
            return;
        }

        await _end.CancelAsync();
        await _calls.DrainAsync(EndPatience, time);
        _end.Dispose();
    }

    /// <summary>Waits for whatever becomes of the request.</summary>
    /// <returns>Null, or why there is nobody to ask.</returns>
    private async Task<string?> StopAsync(ServiceKey service, RunId run, string endpoint, TimeSpan grace)
    {
        try
        {
            using var channel = connections.Open(endpoint);
            var deadline = time.GetUtcNow().UtcDateTime + (grace > ShortestDeadline ? grace : ShortestDeadline);
            var response = await new ServiceControllerService.ServiceControllerServiceClient(channel).StopAsync(
                new StopRequest { GracePeriod = Duration.FromTimeSpan(grace), SaveState = true },
                deadline: deadline,
                cancellationToken: _end.Token
            );
            LogAnswered(service, run, response.Success, response.Message);
            return null;
        }
        catch (UriFormatException failure)
        {
            return $"controller {endpoint} is no address: {failure.Message}";
        }
        catch (RpcException failure)
            when (ServiceConnections.IsConnectFailure(failure) || failure.StatusCode == StatusCode.Unimplemented)
        {
            return $"controller {endpoint} {ServiceConnections.Describe(failure)}";
        }
        catch (RpcException failure)
        {
            // A service that stops breaks off the call in one of several ways; its exit is the answer.
            LogBrokenOff(service, run, failure.StatusCode);
            return null;
        }
        catch (OperationCanceledException)
        {
            // Our own end, or the deadline.
            return null;
        }
    }

    [LoggerMessage(50, LogLevel.Debug, "{Service} {Run} answered the request to stop: {Success} {Message}")]
    private partial void LogAnswered(ServiceKey service, RunId run, bool success, string message);

    [LoggerMessage(51, LogLevel.Debug, "{Service} {Run} broke off the request to stop: {Status}.")]
    private partial void LogBrokenOff(ServiceKey service, RunId run, StatusCode status);
}
