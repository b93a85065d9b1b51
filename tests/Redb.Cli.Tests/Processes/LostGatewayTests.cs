using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Redb.Abstractions.Security;
using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;
using Redb.Security.Connections;

namespace Redb.Cli.Tests.Processes;

public sealed class LostGatewayTests
{
    [Fact]
    public async Task A_connection_is_lost_when_its_gateway_closes()
    {
        var token = TestContext.Current.CancellationToken;
        var lost = new TaskCompletionSource();
        var silo = new SiloOnLoopback();
        await silo.InitializeAsync();
        await using var connection = await new OrleansConnector(TimeProvider.System).ConnectAsync(silo.Address, token);
        connection.Lost.IsCancellationRequested.Should().BeFalse();
        await using var registration = connection.Lost.Register(lost.SetResult);

        await silo.DisposeAsync();

        await lost.Task.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, token);
    }

    [Fact]
    public async Task A_gateway_that_closes_while_a_connection_is_made_is_not_waited_for()
    {
        var token = TestContext.Current.CancellationToken;
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        gateway.Start();
        var address = new SupervisorAddress(1, "alpha", ["blue"], $"{gateway.LocalEndpoint}", "redb", "redb", "1");
        var connect = () => new OrleansConnector(TimeProvider.System).ConnectAsync(address, token);
        var failing = connect.Should().ThrowAsync<CommandFailure>();
        using var greeting = await gateway.AcceptTcpClientAsync(token);
        using var client = await gateway.AcceptTcpClientAsync(token);

        gateway.Stop();
        client.Close();

        var failure = (await failing).Which;
        failure.Cause.Should().NotContain("did not answer within", "that is said when all the time is over");
        failure.MayPass.Should().BeTrue();
    }

    [Fact]
    public async Task A_gateway_that_wants_a_key_says_so_even_where_it_closes_at_once()
    {
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        gateway.Start();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var listening = AskForKeyAsync(gateway, end.Token);
        var address = new SupervisorAddress(1, "alpha", ["blue"], $"{gateway.LocalEndpoint}", "redb", "redb", "1");

        var connect = () => new OrleansConnector(TimeProvider.System).ConnectAsync(address, end.Token);

        (await connect.Should().ThrowAsync<CommandFailure>()).Which.Code.Should().Be(ExitCode.PermissionDenied);
        await end.CancelAsync();
        await Task.WhenAny(listening);
    }

    [Fact]
    public async Task A_gateway_that_knows_no_silo_is_about_to_end_and_of_no_other_version()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<GatewayWatch>();
        new ClientBuilder(services, new ConfigurationBuilder().Build()).UseStaticClustering(
            new IPEndPoint(IPAddress.Loopback, 1)
        );
        // Without them nobody connects, and the client knows itself only.
        services.RemoveAll<IHostedService>();

        var open = () =>
            OrleansConnection.OpenAsync(services.BuildServiceProvider(), TestContext.Current.CancellationToken);

        (await open.Should().ThrowAsync<CommandFailure>()).Which.MayPass.Should().BeTrue();
    }

    private static async Task AskForKeyAsync(TcpListener gateway, CancellationToken cancellationToken)
    {
        var guard = new LocalKeyGuard(LocalKey.Draw(), isListener: true);
        while (true)
        {
            using var client = await gateway.AcceptTcpClientAsync(cancellationToken);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeSpan.FromMilliseconds(100));
            try
            {
                await guard.GreetAsync(client.GetStream(), client.Client.RemoteEndPoint!, patience.Token);
            }
            catch (Exception refused)
                when (refused is OperationCanceledException or AccessRefusedException or IOException)
            {
                // It closes.
            }
        }
    }
}
