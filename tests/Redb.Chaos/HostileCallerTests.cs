using Grpc.Core;
using Redb.Chaos.Invariants;
using Redb.Chaos.Kit;
using Redb.Protocol.Common;
using Redb.Protocol.Supervisor;

namespace Redb.Chaos;

/// <summary>
/// Callers of the gRPC port that mean harm or know no better. Whatever they do, real services are heard and served, nothing is
/// restarted, and the supervisor's memory has a bound.
/// </summary>
public sealed class HostileCallerTests : IAsyncLifetime
{
    // A supervisor of two services holds about 120 MiB in a debug build.
    private const int MostMegabytes = 400;

    // Messages of ten megabytes are garbage as fast as they come, and the collector takes its time with it.
    private const int MostMegabytesInAFlood = 1024;
    private const int SeveralMegabytes = 10_000_000;

    private Scene _scene = null!;
    private IReadOnlyDictionary<string, Life> _before = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SupervisorService.SupervisorServiceClient Client => _scene.Group.Client;

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.ReadyAsync(Cast.Some(["heartbeat_timeout: 10s"], "security", "core"));
        _before = await _scene.ProcessesAsync();
    }

    public async ValueTask DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task What_is_not_grpc_is_refused_without_a_trace()
    {
        using var stranger = new Stranger(_scene.Cast.File.SupervisorPort);

        for (var i = 0; i < 50; i++)
        {
            await stranger.ThrowAsync(_scene.Chance.Bytes(1 + _scene.Chance.Below(100_000)), Cancellation);
            await stranger.ThrowAsync(Stranger.Http1(), Cancellation);
            await stranger.ThrowAsync(Stranger.TlsHello(_scene.Chance.Bytes(500)), Cancellation);
            await stranger.ThrowAsync(Stranger.HugeFrame((byte)(i % 10), _scene.Chance.Bytes(100_000)), Cancellation);
        }

        await EndUnharmedAsync();
    }

    [Fact]
    public async Task Hundreds_of_connections_that_say_nothing_disturb_nobody()
    {
        using var stranger = new Stranger(_scene.Cast.File.SupervisorPort);

        await stranger.HoldAsync(400, Cancellation);
        await stranger.OpenAsync(400, Cancellation);

        await EndUnharmedAsync();
    }

    [Fact]
    public async Task A_watcher_that_does_not_read_fills_no_memory()
    {
        using var watch = Client.WatchServiceHealth(new(), cancellationToken: Cancellation);

        for (var i = 0; i < 300; i++)
        {
            await RegisterAsync($"visitor{i % 100}", $"instance{i}");
        }

        await EndUnharmedAsync();
    }

    [Fact]
    public async Task Ten_thousand_registrations_and_heartbeats_of_nobody_are_answered()
    {
        await InParallelAsync(5000, i => RegisterAsync($"visitor{i}", "only"));
        await InParallelAsync(5000, i => RegisterAsync($"visitor{i % 10}", $"instance{i}"));
        await InParallelAsync(10_000, HeartbeatOfNobodyAsync);

        await EndUnharmedAsync();
    }

    // Each time the real one finds itself forgotten and registers again: the last word is its own. Not so while strangers go on
    // for longer than it may be silent: nothing on this port is authenticated.
    [Fact]
    public async Task Strangers_that_register_in_a_services_name_do_not_end_it()
    {
        await InParallelAsync(300, i => RegisterAsync("core", $"impostor{i}"));

        await EndUnharmedAsync();
    }

    [Fact]
    public async Task Log_entries_of_ten_megabytes_and_a_stream_without_end_fill_no_memory()
    {
        using var endless = Client.StreamLogs(cancellationToken: Cancellation);
        var large = new string('x', SeveralMegabytes);
        var fields = Enumerable
            .Range(0, 100)
            .ToDictionary(i => $"field{i}", _ => new string('y', 60_000), StringComparer.Ordinal);
        for (var i = 0; i < 20; i++)
        {
            await endless.RequestStream.WriteAsync(Entry(large), Cancellation);
            await endless.RequestStream.WriteAsync(Entry("", fields), Cancellation);
        }

        var line = new string('z', 60_000);
        for (var i = 0; i < 5000; i++)
        {
            await endless.RequestStream.WriteAsync(Entry(line), Cancellation);
        }

        await EndUnharmedAsync(MostMegabytesInAFlood);
    }

    private async Task EndUnharmedAsync(int mostMegabytes = MostMegabytes)
    {
        var megabytes = Resident.MegabytesOf(_scene.Group.Process.Pid);
        TestContext.Current.TestOutputHelper?.WriteLine($"{megabytes} MiB resident");
        foreach (var service in _scene.Cast.Services)
        {
            await _scene.HeardOfAsync(service);
        }

        await _scene.AllReadyAsync();
        (await _scene.ProcessesAsync()).Should().BeEquivalentTo(_before, "nothing is restarted ({0})", _scene.Chance);
        megabytes.Should().BeLessThan(mostMegabytes, "memory has a bound ({0})", _scene.Chance);
        await _scene.EndAsync();
    }

    private static Task InParallelAsync(int count, Func<int, Task> call) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = 50, CancellationToken = Cancellation },
            async (i, _) => await call(i)
        );

    private async Task RegisterAsync(string name, string instance) =>
        await Client.RegisterServiceAsync(
            new()
            {
                Service = new()
                {
                    Name = name,
                    InstanceId = instance,
                    Host = "localhost",
                    Port = 1,
                },
            },
            cancellationToken: Cancellation
        );

    private async Task HeartbeatOfNobodyAsync(int number)
    {
        var call = async () =>
            await Client.SendHeartbeatAsync(
                new() { ServiceId = number % 2 == 0 ? $"core-{number}" : $"{number}" },
                cancellationToken: Cancellation
            );
        (await call.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.NotFound);
    }

    private static LogStreamRequest Entry(string message, Dictionary<string, string>? fields = null)
    {
        var entry = new LogEntry
        {
            Message = message,
            Service = new() { Name = "core" },
        };
        entry.Fields.Add(fields ?? []);
        return new() { Entry = entry };
    }
}
