using Redb.Hosting.Service.Tests.Doubles;
using Redb.Protocol.Common;

namespace Redb.Hosting.Service.Tests.Logging;

public sealed class LogStreamTests
{
    [Fact]
    public async Task An_open_stream_carries_what_the_service_logs()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(supervisor.Address, Streaming);
        (await supervisor.Logs.NextAsync()).Message.Should().Be("Log stream opened.");
        await StreamOpenAsync(supervisor);

        service.Logs.Write(LogLevel.Error, "disk full");

        var entry = await supervisor.Logs.NextAsync(e => e.Level == LogLevel.Error);
        entry.Message.Should().Be("disk full");
        entry.Service.Name.Should().Be("billing");
    }

    [Fact]
    public async Task A_supervisor_that_reads_slowly_costs_log_lines_but_never_blocks_the_service()
    {
        // Larger than what the connection's flow control lets through.
        var line = new string('x', 64 * 1024);
        var reading = new TaskCompletionSource();
        await using var supervisor = await FakeSupervisor.StartAsync();
        supervisor.LogGate = reading.Task;
        await using var service = ServiceUnderTest.Start(supervisor.Address, Streaming);
        await supervisor.Logs.NextAsync();
        await StreamOpenAsync(supervisor);

        for (var written = 0; written < 1000; written++)
        {
            service.Logs.Write(LogLevel.Info, line);
        }

        service.Logs.Dropped.Should().BePositive();
        reading.SetResult();
    }

    [Fact]
    public async Task The_last_lines_reach_the_supervisor_before_the_service_leaves()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(supervisor.Address, Streaming);
        await StreamOpenAsync(supervisor);

        service.Logs.Write(LogLevel.Info, "famous last words");
        await service.StopAsync();

        (await supervisor.Logs.NextAsync(e => e.Message is "famous last words")).Should().NotBeNull();
    }

    [Fact]
    public async Task Without_a_log_stream_lines_stay_on_standard_output()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();
        await using var service = ServiceUnderTest.Start(supervisor.Address, o => o.StreamLogs = false);
        await supervisor.Heartbeats.NextAsync();

        service.Logs.Write(LogLevel.Info, "still here");

        await service.Console.SaysAsync("still here");
        supervisor.Logs.Waiting.Should().Be(0);
    }

    private static void Streaming(ReDbServiceOptions options)
    {
        options.StreamLogs = true;
        options.Timings.HeartbeatInterval = TimeSpan.FromHours(1);
    }

    // The first heartbeat follows the registration, the second the opening of the stream.
    private static async Task StreamOpenAsync(FakeSupervisor supervisor)
    {
        await supervisor.Heartbeats.NextAsync();
        await supervisor.Heartbeats.NextAsync();
    }
}
