using Redb.Cli.Clients;

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
}
