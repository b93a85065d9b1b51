using Microsoft.Extensions.Options;
using Redb.Hosting.Service.Logging;
using Redb.Hosting.Service.Tests.Doubles;
using Redb.Protocol.Common;

namespace Redb.Hosting.Service.Tests.Logging;

public sealed class LogRouterTests : IDisposable
{
    private readonly RecordedConsole _console = new();
    private readonly LogRouter _router;

    public LogRouterTests() =>
        _router = new(
            Options.Create(new ReDbServiceOptions { Name = "core" }),
            new("core", "1.0.0", "3f6d", DateTimeOffset.UnixEpoch),
            new ArmedTimeProvider(),
            _console
        );

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task Lines_go_to_standard_output_until_the_stream_is_open()
    {
        _router.Write(LogLevel.Info, "early");

        (await _console.Lines.NextAsync()).Should().EndWith("[INFO] early");
        _router.Entries.Count.Should().Be(0);
    }

    [Fact]
    public void Lines_go_to_the_stream_alone_while_it_is_open()
    {
        _router.StartStreaming();

        _router.Write(LogLevel.Warn, "late");

        _console.Lines.Waiting.Should().Be(0);
        _router.Entries.TryRead(out var entry).Should().BeTrue();
        entry!.Message.Should().Be("late");
        entry.Level.Should().Be(LogLevel.Warn);
        entry
            .Service.Should()
            .Be(
                new ServiceInfo
                {
                    Name = "core",
                    Version = "1.0.0",
                    InstanceId = "3f6d",
                }
            );
        entry.TraceId.Should().BeEmpty();
    }

    [Fact]
    public void A_full_buffer_drops_the_newest_and_counts_them()
    {
        _router.StartStreaming();

        for (var line = 1; line <= 103; line++)
        {
            _router.Write(LogLevel.Info, $"line {line}");
        }

        _router.Dropped.Should().Be(3);
        _router.Entries.Count.Should().Be(100);
        _router.Entries.TryRead(out var oldest).Should().BeTrue();
        oldest!.Message.Should().Be("line 1");
    }

    [Fact]
    public async Task A_broken_stream_leaves_its_lines_to_standard_output()
    {
        _router.StartStreaming();
        _router.Write(LogLevel.Info, "one");
        _router.Write(LogLevel.Info, "two");

        _router.StopStreaming();

        (await _console.Lines.NextAsync()).Should().EndWith("one");
        (await _console.Lines.NextAsync()).Should().EndWith("two");
    }
}
