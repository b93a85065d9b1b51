using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Redb.Abstractions.Security;
using Redb.Security.Certificates;
using Redb.Security.Connections;
using Redb.Security.Tests.Kit;

namespace Redb.Security.Tests.Cluster;

/// <summary>
/// What it costs to refuse. <c>REDB_REFUSED_SECONDS=600</c> makes it last ten minutes and print what was measured; without it 8 s. The attackers live in the same
/// process, so what is measured is an upper bound: their own part is in it.
/// </summary>
public sealed class RefusedJoinTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan s_total = TimeSpan.FromSeconds(
        int.TryParse(
            Environment.GetEnvironmentVariable("REDB_REFUSED_SECONDS"),
            CultureInfo.InvariantCulture,
            out var seconds
        )
            ? seconds
            : 8
    );

    // A silo tries each of the others about once a second. Sixteen attempts a second are four silos that knock at every door.
    private const int AttemptsPerSecond = 16;

    // Each leaves its objects to this process, since Orleans does not dispose of a silo that never ran.
    private const int MostCancelled = 5;

    [Fact]
    public async Task Refusing_costs_next_to_nothing_however_long_it_goes_on()
    {
        using var strange = new Authority();
        var stranger = strange.Tool("stranger", CallerRole.Admin) with { Authorities = silos.Authority.Folder.Bundle };
        await AttackAsync(stranger, TimeSpan.FromSeconds(1));
        var (quiet, loud, windows, attempts, grown) = (TimeSpan.Zero, TimeSpan.Zero, 0, 0, 0L);
        var clock = Stopwatch.StartNew();

        do
        {
            quiet += await BurntAsync(() => Task.Delay(s_window, TimeProvider.System));
            var heap = GC.GetTotalMemory(forceFullCollection: true);
            loud += await BurntAsync(async () => attempts += await AttackAsync(stranger, s_window));
            grown += GC.GetTotalMemory(forceFullCollection: true) - heap;
            windows++;
            // A start that is cancelled costs a start; what matters is that nothing of it is left.
            if (windows <= MostCancelled)
            {
                await CancelStartAsync(strange, windows);
            }
        } while (clock.Elapsed < s_total);

        var share = (loud - quiet) / (windows * s_window);
        await Console.Error.WriteLineAsync(
            $"refused {attempts} connections and {Math.Min(windows, MostCancelled)} silos in {clock.Elapsed.TotalSeconds:F0} s: {share:P1} of a core more than quiet ({quiet.TotalSeconds:F1} s against {loud.TotalSeconds:F1} s), heap {grown / 1024.0:F0} KiB more"
        );

        // The attackers' own half is in it, and a slow machine doubles it. What must not be here is a loop that spins: that takes a whole core.
        share.Should().BeLessThan(0.75);
        grown.Should().BeLessThan(8 * 1024 * 1024);
        silos.One.Active.Should().Equal("one", "two");
    }

    private async Task CancelStartAsync(Authority strange, int round)
    {
        var name = $"cancelled-{round}";
        await using var silo = new SecuredSilo(name, silos.Membership, SecuredSilo.Certificates(strange.Host(name)));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        await silo.Awaiting(it => it.StartAsync(patience.Token)).Should().ThrowAsync<OperationCanceledException>();
    }

    private async Task<int> AttackAsync(TlsFiles stranger, TimeSpan time)
    {
        IConnectionGuard[] guards =
        [
            new TlsConnectorGuard(Credentials.Open(stranger, TimeProvider.System), TimeProvider.System),
            new TlsConnectorGuard(
                Credentials.Open(new(silos.Authority.Folder.Bundle, null, null), TimeProvider.System),
                TimeProvider.System
            ),
            new Garbage(),
            new LocalKeyGuard(LocalKey.Draw(), isListener: false),
        ];
        IPEndPoint[] doors = [silos.One.SiloPort, silos.One.Gateway, silos.Two.SiloPort, silos.Two.Gateway];
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / AttemptsPerSecond), TimeProvider.System);
        var clock = Stopwatch.StartNew();
        var attempts = new List<Task>();
        while (clock.Elapsed < time)
        {
            attempts.Add(
                KnockAsync(doors[attempts.Count / guards.Length % doors.Length], guards[attempts.Count % guards.Length])
            );
            await tick.WaitForNextTickAsync();
        }

        await Task.WhenAll(attempts);
        return attempts.Count;
    }

    private static async Task KnockAsync(IPEndPoint door, IConnectionGuard guard)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), TimeProvider.System);
        using var socket = new Socket(door.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(door, patience.Token);
        await using var stream = new NetworkStream(socket);
        try
        {
            await guard.GreetAsync(stream, door, patience.Token);
            Assert.Fail("It was let in.");
        }
        catch (Exception error) when (error is AccessRefusedException or OperationCanceledException or IOException)
        {
            // As it should be; who said nothing that makes sense is left waiting, and goes.
        }
    }

    private static async Task<TimeSpan> BurntAsync(Func<Task> act)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await act();
        process.Refresh();
        return process.TotalProcessorTime - before;
    }

    /// <summary>Says something, and waits for an answer that makes sense.</summary>
    private sealed class Garbage : IConnectionGuard
    {
        public async Task<Stream?> GreetAsync(Stream raw, EndPoint? remote, CancellationToken cancellationToken)
        {
            await raw.WriteAsync("GET / HTTP/1.1\r\nHost: nobody\r\n\r\n"u8.ToArray(), cancellationToken);
            await raw.ReadExactlyAsync(new byte[1024], cancellationToken);
            return null;
        }
    }
}
