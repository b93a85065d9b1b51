using System.Net;
using System.Net.Sockets;
using Redb.Security.Connections;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

public sealed class ReachTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(300);

    private readonly string _folder = Directory.CreateTempSubdirectory("redb-reach-").FullName;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ReachTests() => _listener.Start();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _listener.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Who_listens_is_reached_and_who_does_not_is_not()
    {
        (await TroubleAsync(guard: null)).Should().BeEmpty();

        _listener.Stop();

        (await TroubleAsync(guard: null)).Should().NotBeEmpty();
    }

    // As a process that is frozen, or a firewall that swallows everything behind the first packet.
    [Fact]
    public async Task Who_accepts_and_says_nothing_is_not_reached_and_not_waited_for() =>
        (await TroubleAsync(GuardOf("ours"))).Should().Be("no answer within 0.3 s");

    [Fact]
    public async Task Who_lets_us_in_is_reached()
    {
        var welcome = WelcomeAsync("ours");

        (await TroubleAsync(GuardOf("ours"))).Should().BeEmpty();

        await welcome;
    }

    [Fact]
    public async Task Who_does_not_let_us_in_says_why()
    {
        var welcome = WelcomeAsync("theirs");

        (await TroubleAsync(GuardOf("ours"))).Should().Contain("key");

        await welcome.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private Task<string> TroubleAsync(IConnectionGuard? guard) =>
        new Reach(guard, s_patience, TimeProvider.System).TroubleAsync(
            (IPEndPoint)_listener.LocalEndpoint,
            Cancellation
        );

    private LocalKeyGuard GuardOf(string whose, bool isListener = false) =>
        new(LocalKeyFile.Open(Directory.CreateDirectory(Path.Combine(_folder, whose)).FullName), isListener);

    private async Task WelcomeAsync(string whose)
    {
        using var client = await _listener.AcceptTcpClientAsync(Cancellation);
        await GuardOf(whose, isListener: true).GreetAsync(client.GetStream(), null, Cancellation);
    }
}
