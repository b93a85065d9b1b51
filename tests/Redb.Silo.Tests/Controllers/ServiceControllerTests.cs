using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Redb.Abstractions.Instances;
using Redb.Grains.Services;
using Redb.Protocol.Supervisor;
using Redb.Silo.Controllers;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Controllers;

public sealed class ServiceControllerTests : IAsyncDisposable
{
    private static readonly ServiceKey Service = new("host", "group", "core");
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly FakeReports _reports = new();
    private readonly ServiceConnections _connections = new();
    private readonly ServiceController _controller;

    public ServiceControllerTests() =>
        _controller = new(_connections, TimeProvider.System, NullLogger<ServiceController>.Instance);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_to_stop_carries_the_grace_and_asks_to_save()
    {
        var asked = new TaskCompletionSource<(StopRequest Request, TimeSpan Left)>();
        await using var service = await ServiceStandIn.StartAsync(
            (request, context) =>
            {
                asked.SetResult((request, context.Deadline - TimeProvider.System.GetUtcNow().UtcDateTime));
                return Task.FromResult(new StopResponse { Success = true });
            }
        );

        _controller.RequestStop(Service, new(3), service.Endpoint, Grace, _reports);

        var (request, left) = await asked.Task.WaitAsync(Cancellation);
        request.GracePeriod.ToTimeSpan().Should().Be(Grace);
        request.SaveState.Should().BeTrue();
        left.Should().BeCloseTo(Grace, TimeSpan.FromSeconds(5));
        await AssertNothingRefusedAsync(service);
    }

    [Fact]
    public async Task Nobody_listening_is_a_refusal()
    {
        var port = FreePort();

        _controller.RequestStop(Service, new(3), $"127.0.0.1:{port}", Grace, _reports);

        (await _reports.Refused.ReadAsync(Cancellation))
            .Should()
            .Be((new RunId(3), $"controller 127.0.0.1:{port} refused the connection"));
    }

    [Fact]
    public async Task A_service_that_does_not_know_the_method_is_a_refusal()
    {
        await using var service = await ServiceStandIn.StartAsync();

        _controller.RequestStop(Service, new(3), service.Endpoint, Grace, _reports);

        (await _reports.Refused.ReadAsync(Cancellation)).Reason.Should().Contain("answered Unimplemented");
    }

    [Fact]
    public async Task An_endpoint_that_is_none_is_a_refusal()
    {
        _controller.RequestStop(Service, new(3), "::not:an:address", Grace, _reports);

        (await _reports.Refused.ReadAsync(Cancellation)).Reason.Should().Contain("is no address");
    }

    [Theory]
    [InlineData(StatusCode.Cancelled)]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded)]
    public async Task A_service_that_breaks_off_the_call_has_understood(StatusCode status)
    {
        var asked = new TaskCompletionSource();
        await using var service = await ServiceStandIn.StartAsync(
            (_, _) =>
            {
                asked.SetResult();
                throw new RpcException(new Status(status, "shutting down"));
            }
        );

        _controller.RequestStop(Service, new(3), service.Endpoint, Grace, _reports);

        await asked.Task.WaitAsync(Cancellation);
        await AssertNothingRefusedAsync(service);
    }

    [Fact]
    public async Task A_service_that_dies_during_the_call_has_understood()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        _controller.RequestStop(Service, new(3), $"127.0.0.1:{port}", Grace, _reports);
        using (var connection = await listener.AcceptSocketAsync(Cancellation))
        {
            connection.LingerState = new(enable: true, 0);
        }

        await AssertNothingRefusedAsync();
    }

    [Fact]
    public async Task A_service_that_never_answers_is_left_at_the_end()
    {
        var asked = new TaskCompletionSource();
        await using var service = await ServiceStandIn.StartAsync(
            async (_, context) =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
                return new();
            }
        );
        _controller.RequestStop(Service, new(3), service.Endpoint, TimeSpan.FromMinutes(10), _reports);
        await asked.Task.WaitAsync(Cancellation);

        var began = TimeProvider.System.GetTimestamp();
        await _controller.DisposeAsync();

        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(2));
        _reports.Refused.TryRead(out _).Should().BeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        await _controller.DisposeAsync();
        _connections.Dispose();
    }

    // The refusal of a later run comes through the same queue, after the service ended with all its calls.
    private async Task AssertNothingRefusedAsync(ServiceStandIn? service = null)
    {
        if (service is not null)
        {
            await service.DisposeAsync();
        }

        _controller.RequestStop(Service, new(99), $"127.0.0.1:{FreePort()}", Grace, _reports);
        var (run, reason) = await _reports.Refused.ReadAsync(Cancellation);
        run.Should().Be(new RunId(99), "{0}", reason);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
