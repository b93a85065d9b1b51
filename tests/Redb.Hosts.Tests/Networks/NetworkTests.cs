using System.Net.Sockets;
using Redb.Hosts.Tests.Kit;
using Redb.TestKit;
using Redb.TestKit.Hosts;

namespace Redb.Hosts.Tests.Networks;

/// <summary>The ground that all tests of several hosts stand on.</summary>
public sealed class NetworkTests : IAsyncDisposable
{
    // Far longer than anything takes that passes.
    private static readonly TimeSpan s_silence = TimeSpan.FromMilliseconds(500);

    private readonly HostNetwork _network;
    private readonly TestHost _a;
    private readonly TestHost _b;

    public NetworkTests()
    {
        Assert.SkipUnless(NetworkNamespace.Refusal.Length == 0, NetworkNamespace.Refusal);
        _network = HostNetwork.Create();
        (_a, _b) = (_network.Add("a"), _network.Add("b"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _network.Dispose();
        return default;
    }

    [Fact]
    public async Task Two_hosts_talk_over_the_bridge_and_have_nothing_but_each_other()
    {
        await using var echo = new Echo(_b.Namespace, _b.Address);

        using var call = await Call.OpenAsync(_a.Namespace, echo.Endpoint);

        (await call.PingAsync()).Should().BeLessThan(TimeSpan.FromSeconds(1));
        _a.Namespace.Interfaces().Should().BeEquivalentTo("lo", "eth0");
    }

    [Fact]
    public async Task A_pulled_cable_is_silence_and_what_was_sent_arrives_once_it_is_back()
    {
        await using var echo = new Echo(_b.Namespace, _b.Address);
        using var call = await Call.OpenAsync(_a.Namespace, echo.Endpoint);
        await call.PingAsync();

        _b.Cut();
        var ping = call.PingAsync();
        var silence = await Task.WhenAny(ping, Task.Delay(s_silence, TimeProvider.System, Cancellation));
        _b.Heal();

        silence.Should().NotBe(ping, "nothing passes a pulled cable");
        (await ping.WaitAsync(Child.Patience, Cancellation)).Should().BeGreaterThan(s_silence);
    }

    [Fact]
    public async Task A_proxy_delays_in_both_directions()
    {
        await using var echo = new Echo(_b.Namespace, _b.Address);
        await using var proxy = _network.Proxy(echo.Endpoint, seed: 1);
        using var call = await Call.OpenAsync(_a.Namespace, proxy.Endpoint);
        await call.PingAsync();

        proxy.Delay = TimeSpan.FromMilliseconds(100);

        // Timers count whole milliseconds and may be one early, each.
        (await call.PingAsync())
            .Should()
            .BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(195));
    }

    [Fact]
    public async Task A_proxy_that_loses_half_of_it_costs_time_and_no_byte()
    {
        await using var echo = new Echo(_b.Namespace, _b.Address);
        await using var proxy = _network.Proxy(echo.Endpoint, seed: 1);
        using var call = await Call.OpenAsync(_a.Namespace, proxy.Endpoint);
        proxy.Loss = 0.5;

        var took = new List<TimeSpan>();
        for (var count = 0; count < 10; count++)
        {
            took.Add(await call.PingAsync());
        }

        took.Max().Should().BeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(195));
        took.Min().Should().BeLessThan(took.Max());
    }

    [Fact]
    public async Task A_proxy_holds_everything_back_and_lets_it_go_and_breaks_what_it_carries()
    {
        await using var echo = new Echo(_b.Namespace, _b.Address);
        await using var proxy = _network.Proxy(echo.Endpoint, seed: 1);
        using var call = await Call.OpenAsync(_a.Namespace, proxy.Endpoint);

        proxy.Stall();
        var held = call.PingAsync();
        await Task.Delay(s_silence, TimeProvider.System, Cancellation);
        held.IsCompleted.Should().BeFalse("the proxy holds it back");
        proxy.Release();
        await held.WaitAsync(Child.Patience, Cancellation);

        proxy.Break();
        var broken = async () => await call.PingAsync().WaitAsync(Child.Patience, Cancellation);
        (await broken.Should().ThrowAsync<Exception>())
            .Which.Should()
            .Match(error => error is SocketException || error is EndOfStreamException);
    }

    [Fact]
    public async Task What_a_killed_test_process_left_is_removed_and_what_lives_is_left_alone()
    {
        // No process began one tick after the machine.
        var left = $"redb-{Environment.ProcessId}-1-1-left";
        Ip.Run("netns", "add", left);
        await using var sleeper = Child.Start(Ip.Program, ["netns", "exec", left, "sleep", "600"], _a.Folder);
        await Until.TrueAsync(() => Ip.Ask("netns", "pids", left).Length > 0, "the leftover has a process");

        NetworkNamespace.RemoveLeftovers();

        await sleeper.EndAsync();
        Ip.Ask("netns", "list").Should().NotContain(left).And.Contain(_a.Namespace.Name);
    }
}
