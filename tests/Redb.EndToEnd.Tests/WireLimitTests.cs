using Grpc.Core;
using Redb.EndToEnd.Tests.Kit;

namespace Redb.EndToEnd.Tests;

/// <summary>What strangers may say without doing harm.</summary>
public sealed class WireLimitTests : OneSilentService
{
    // Fault 28: what is missing is answered, and the supervisor lives on.
    [Fact]
    public async Task Missing_fields_are_refused_in_words()
    {
        var reply = await Client.RegisterServiceAsync(new(), cancellationToken: Cancellation);

        reply.Success.Should().BeFalse();
        reply.Message.Should().Contain("service.name");
        (await RegisterAsync("core")).Success.Should().BeTrue();
    }

    // Fault 28.
    [Fact]
    public async Task Log_entries_with_anything_missing_are_survived()
    {
        using var stream = Client.StreamLogs(cancellationToken: Cancellation);
        await stream.RequestStream.WriteAsync(new(), Cancellation);
        await stream.RequestStream.WriteAsync(new() { Entry = new() { Message = "of nobody" } }, Cancellation);
        await stream.RequestStream.WriteAsync(
            new()
            {
                Entry = new()
                {
                    Message = "short id",
                    Service = new() { Name = "core", InstanceId = "x" },
                },
            },
            Cancellation
        );
        await stream.RequestStream.WriteAsync(
            new()
            {
                Entry = new()
                {
                    Message = "from the end of time",
                    Service = new() { Name = "core" },
                    Timestamp = new() { Seconds = long.MaxValue },
                },
            },
            Cancellation
        );
        await stream.RequestStream.CompleteAsync();

        (await stream).Acknowledged.Should().BeTrue();
        await Group.LogsAsync("core", lines => Says(lines, "short id") && Says(lines, "from the end of time"));
    }

    // A service is not cut off for one line that is too long; the line is cut instead.
    [Fact]
    public async Task A_log_entry_of_ten_megabytes_is_cut_and_the_stream_goes_on()
    {
        using var stream = Client.StreamLogs(cancellationToken: Cancellation);
        foreach (var message in (string[])[new string('x', 10_000_000), "after the flood"])
        {
            await stream.RequestStream.WriteAsync(
                new()
                {
                    Entry = new()
                    {
                        Message = message,
                        Service = new() { Name = "core" },
                    },
                },
                Cancellation
            );
        }

        await stream.RequestStream.CompleteAsync();

        (await stream).Acknowledged.Should().BeTrue();
        await Group.LogsAsync("core", lines => Says(lines, "characters cut off") && Says(lines, "after the flood"));
    }

    private static bool Says(IEnumerable<string> lines, string text) =>
        lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    // Fault 29: who speaks in a service's name from another port is not dialled, and is told of.
    [Fact]
    public async Task A_registration_with_another_port_than_planned_is_a_warning()
    {
        await RegisterAsync("core", port: 4711);

        await Group.Process.LineAsync("warning: core", "port 4711", $"planned is {50055 + Group.File.Offset}");
    }

    // Fault 28: nobody can have us remember without limit.
    [Fact]
    public async Task What_is_too_large_to_remember_is_refused_in_words()
    {
        var large = new string('x', 100_000);

        var registered = await Client.RegisterServiceAsync(
            new()
            {
                Service = new() { Name = "visitor", Metadata = { ["a"] = large } },
            },
            cancellationToken: Cancellation
        );
        var started = await Client.StartServiceAsync(
            new() { ServiceName = "core", ConfigOverrides = { ["a"] = large } },
            cancellationToken: Cancellation
        );

        registered.Success.Should().BeFalse();
        registered.Message.Should().StartWith("service.metadata may have");
        started.Success.Should().BeFalse();
        started.Message.Should().StartWith("config_overrides may have");
    }

    // Fault 28: nonsense is an answer, not a mishap.
    [Fact]
    public async Task Values_that_make_no_sense_are_invalid_arguments()
    {
        var stop = async () =>
            await Client.StopServiceAsync(
                new()
                {
                    ServiceId = "core",
                    GracePeriod = new() { Seconds = 1, Nanos = -1 },
                },
                cancellationToken: Cancellation
            );
        var list = async () =>
            await Client.ListServicesAsync(
                new() { NamePattern = new string('*', 10_000) },
                cancellationToken: Cancellation
            );

        (await stop.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.InvalidArgument);
        (await list.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.InvalidArgument);
    }
}
