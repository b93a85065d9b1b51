using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Redb.Silo.Logs;

namespace Redb.Silo.Tests.Logs;

public sealed class LogWriterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_are_appended_in_order_and_whole()
    {
        using var log = new LogFolder();
        log.Append("before\n");
        var writer = NewWriter(new());

        for (var i = 0; i < 1000; i++)
        {
            writer.Append(log.File, $"{i}").Should().BeTrue();
        }

        writer.Append(log.File, "ü"u8);
        await writer.DisposeAsync();

        log.Everything().Should().Be($"before\n{LogFolder.Numbers(0, 1000)}ü\n");
    }

    [Fact]
    public async Task More_files_than_may_be_open_are_written_all_the_same()
    {
        using var log = new LogFolder();
        var writer = NewWriter(new() { OpenFiles = 2 });
        var files = Enumerable.Range(0, 10).Select(i => Path.Combine(log.Folder, "new folder", $"{i}.log")).ToArray();

        for (var round = 0; round < 3; round++)
        {
            Array.ForEach(files, file => writer.Append(file, $"{round}"));
        }

        await writer.DisposeAsync();

        foreach (var file in files)
        {
            (await File.ReadAllTextAsync(file, Cancellation)).Should().Be("0\n1\n2\n");
        }
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_does_not_hold_up_the_others()
    {
        using var log = new LogFolder();
        var writer = NewWriter(new());

        writer.Append("/dev/null/x.log", "lost");
        writer.Append("/proc/no-such-file.log", "lost");
        writer.Append(log.File, "kept");
        await writer.DisposeAsync();

        log.Everything().Should().Be("kept\n");
    }

    [Fact]
    public async Task Lines_after_the_end_are_refused()
    {
        using var log = new LogFolder();
        var writer = NewWriter(new());

        await writer.DisposeAsync();

        writer.Append(log.File, "late").Should().BeFalse();
        File.Exists(log.File).Should().BeFalse();
    }

    [Fact]
    public async Task Lines_that_together_are_too_long_to_wait_are_refused()
    {
        using var log = new LogFolder();
        var writer = NewWriter(new() { WriteQueueBytes = 10 });

        writer.Append(log.File, "ten bytes with its end, and more").Should().BeFalse();
        writer.Append(log.File, "nine char").Should().BeTrue();
        await writer.DisposeAsync();

        log.Everything().Should().Be("nine char\n");
    }

    private static LogWriter NewWriter(LogOptions options) =>
        new(Options.Create(options), TimeProvider.System, NullLogger<LogWriter>.Instance);
}
