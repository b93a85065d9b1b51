using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Redb.Silo.Logs;
using Redb.Silo.Tests.Processes;

namespace Redb.Silo.Tests.Logs;

public sealed class RotationTests
{
    private const int Limit = 64 * 1024;

    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_file_below_its_limit_stays_as_it_is()
    {
        using var log = new LogFolder();
        log.Append(LogFolder.Numbers(0, 1000));
        log.Rotation.Watch(new(log.File, Limit, 0, 5));

        log.Rotation.Look();

        RotatedFile.Of(log.File).Should().BeEmpty();
        log.Everything().Should().Be(LogFolder.Numbers(0, 1000));
    }

    [Fact]
    public void A_file_many_times_its_limit_is_rotated_at_one_look()
    {
        using var log = new LogFolder(new FakeTimeProvider(Noon));
        var text = LogFolder.Numbers(0, 100_000);
        log.Append(text);
        log.Rotation.Watch(new(log.File, Limit, 0, 100));

        log.Rotation.Look();

        var rotated = RotatedFile.Of(log.File);
        rotated.Should().HaveCountGreaterThanOrEqualTo(text.Length / Limit);
        rotated.Should().AllSatisfy(file => new FileInfo(file.Path).Length.Should().BeInRange(Limit / 2, Limit));
        Path.GetFileName(rotated[0].Path).Should().Be("core-20261123T120000000Z.log");
        new FileInfo(log.File).Length.Should().BeLessThan(Limit);
        log.Everything().Should().Be(text);
    }

    [Fact]
    public void Every_file_holds_whole_lines()
    {
        using var log = new LogFolder();
        log.Append(LogFolder.Numbers(0, 100_000));
        log.Rotation.Watch(new(log.File, Limit, 0, 100));

        log.Rotation.Look();

        foreach (var file in RotatedFile.Of(log.File).Select(rotated => rotated.Path).Append(log.File))
        {
            var lines = File.ReadAllLines(file);
            var first = lines[0].StartsWith("--- ", StringComparison.Ordinal) ? 1 : 0;
            var start = int.Parse(lines[first], CultureInfo.InvariantCulture);
            lines[first..].Should().Equal(Enumerable.Range(start, lines.Length - first).Select(number => $"{number}"));
        }
    }

    [Fact]
    public void Where_a_line_ends_with_a_block_the_file_is_cut_there_and_needs_no_mark()
    {
        const int Blocks = 4096;
        using var log = new LogFolder();
        var text = string.Concat(Enumerable.Range(0, Limit / 64 * 2).Select(number => $"{number, 63}\n"));
        log.Append(text + "last\n");
        log.Rotation.Watch(new(log.File, Limit, 0, 100));

        log.Rotation.Look();

        RotatedFile
            .Of(log.File)
            .Should()
            .HaveCount(2)
            .And.AllSatisfy(file => (new FileInfo(file.Path).Length % Blocks).Should().Be(0));
        File.ReadAllText(log.File).Should().Be("last\n");
        log.Everything().Should().Be(text + "last\n");
    }

    [Theory]
    [InlineData("seq 1 4000000", 4_000_000)]
    [InlineData("awk 'BEGIN { for (i = 1; i <= 200000; i++) { print i; fflush() } }'", 200_000)]
    public async Task A_service_that_writes_at_full_speed_loses_and_doubles_no_line(string command, int count)
    {
        await using var site = new LaunchSite();
        var log = new LogRotator(new LogShelf(), TimeProvider.System);
        var exit = StartAndWaitAsync(site, command);

        var rotations = 0;
        while (!exit.IsCompleted)
        {
            rotations += log.Rotate(site.LogFile, Limit) is null ? 0 : 1;
        }

        (await exit).Should().Be(0);
        rotations.Should().BeGreaterThan(2);
        var expected = 1;
        foreach (var file in RotatedFile.Of(site.LogFile).Select(rotated => rotated.Path).Append(site.LogFile))
        {
            await foreach (var line in File.ReadLinesAsync(file, Cancellation))
            {
                if (!line.StartsWith("--- continued from ", StringComparison.Ordinal))
                {
                    Assert.Equal($"{expected}", line);
                    expected++;
                }
            }
        }

        expected.Should().Be(count + 1);
    }

    [Fact]
    public void Where_blocks_cannot_be_cut_out_the_file_is_copied_and_emptied()
    {
        using var log = new LogFolder(parent: "/dev/shm");
        log.Append(LogFolder.Numbers(0, 30_000));
        log.Rotation.Watch(new(log.File, Limit, 0, 5));

        log.Rotation.Look();
        log.Append(LogFolder.Numbers(30_000, 10));

        new FileInfo(log.File).Length.Should().Be(60);
        RotatedFile.Of(log.File).Should().ContainSingle();
        log.Everything().Should().Be(LogFolder.Numbers(0, 30_010));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rotation_that_a_kill_cut_short_leaves_every_line_once(bool isNamed)
    {
        using var log = new LogFolder();
        var text = LogFolder.Numbers(0, 30_000);
        log.Append(text);
        var rotated = Path.Combine(log.Folder, "core-20261123T120000000Z.log");
        var copied = text.IndexOf('\n', Limit) + 1;
        await File.WriteAllTextAsync(isNamed ? rotated : log.File + ".part", text[..copied], Cancellation);
        CoverHead(log.File, new(rotated, 0, copied, copied));

        log.Rotation.Watch(new(log.File, 3 * Limit, 0, 5));

        (await log.TextsAsync()).Should().Equal(Enumerable.Range(0, 30_000).Select(number => $"{number}"));
        File.Exists(rotated).Should().BeTrue();
        log.Rotator.Rotate(log.File, Limit / 2).Should().NotBeNull();
        log.Append("end\n");
        (await log.TextsAsync()).Should().Equal([.. Enumerable.Range(0, 30_000).Select(number => $"{number}"), "end"]);
    }

    [Fact]
    public async Task A_copy_that_was_not_finished_is_not_taken_for_a_rotated_file()
    {
        using var log = new LogFolder();
        log.Append(LogFolder.Numbers(0, 30_000));
        await File.WriteAllTextAsync(log.File + ".part", LogFolder.Numbers(0, 10), Cancellation);

        log.Rotation.Watch(new(log.File, Limit, 0, 5));

        RotatedFile.Of(log.File).Should().BeEmpty();
        (await log.TextsAsync()).Should().HaveCount(30_000);
    }

    [Fact]
    public async Task What_cannot_be_taken_away_stays_as_it_was()
    {
        using var log = new LogFolder();
        log.Append(LogFolder.Numbers(0, 30_000));
        using (var live = File.OpenHandle(log.File, access: FileAccess.ReadWrite))
        {
            var copied = LogFolder.Numbers(0, 30_000).IndexOf('\n', Limit) + 1;
            var head = new CopiedHead(live, new(log.File, 0, copied, copied), whole: 4096 * (copied / 4096));
            (await File.ReadAllTextAsync(log.File, Cancellation)).Should().NotBe(LogFolder.Numbers(0, 30_000));

            head.Restore();
        }

        (await log.TextsAsync()).Should().Equal(Enumerable.Range(0, 30_000).Select(number => $"{number}"));
    }

    [Fact]
    public async Task A_file_that_is_emptied_loses_no_line_to_its_followers()
    {
        using var log = new LogFolder(parent: "/dev/shm");
        log.Append(LogFolder.Numbers(0, 30_000));
        await using var reader = log.Read(Cancellation, follow: true).GetAsyncEnumerator(Cancellation);
        await reader.MoveNextAsync();

        log.Rotator.Rotate(log.File, Limit);
        log.Append("end\n");

        for (var i = 0; i < 30_000; i++)
        {
            reader.Current.Text.Should().Be($"{i}");
            await reader.MoveNextAsync();
        }

        reader.Current.Text.Should().Be("end");
    }

    [Fact]
    public void A_file_of_one_endless_line_is_left_alone()
    {
        using var log = new LogFolder();
        log.Append(new string('x', 3 * Limit));

        log.Rotator.Rotate(log.File, Limit).Should().BeNull();

        Directory.GetFiles(log.Folder).Should().Equal(log.File);
        new FileInfo(log.File).Length.Should().Be(3 * Limit);
    }

    [Fact]
    public void Rotated_files_beyond_their_number_or_their_days_are_deleted()
    {
        var time = new FakeTimeProvider(Noon);
        using var log = new LogFolder(time);
        log.Append(LogFolder.Numbers(0, 60_000));
        log.Rotation.Watch(new(log.File, Limit, RetentionDays: 2, MaxFiles: 3));

        log.Rotation.Look();
        var kept = RotatedFile.Of(log.File);
        time.Advance(TimeSpan.FromDays(2.5));
        log.Rotation.Look();

        kept.Should().HaveCount(3);
        RotatedFile.Of(log.File).Should().BeEmpty();
        File.Exists(log.File).Should().BeTrue();
    }

    [Fact]
    public void Only_what_was_rotated_away_from_a_file_is_its_own()
    {
        using var log = new LogFolder();
        string[] names =
        [
            "core-20260101T120000000Z.log",
            "core-x.log",
            "core-extra-20260101T120000000Z.log",
            "core.log",
        ];
        Array.ForEach(names, name => File.WriteAllText(Path.Combine(log.Folder, name), ""));

        var ofCore = RotatedFile.Of(Path.Combine(log.Folder, ".", "core.log")).Select(rotated => rotated.Path);
        var ofAll = RotatedFile.In(log.Folder).Select(files => files.Key);

        ofCore.Should().ContainSingle().Which.Should().EndWith(names[0]);
        ofAll.Should().BeEquivalentTo("core.log", "core-extra.log");
    }

    [Fact]
    public void A_file_that_is_no_longer_watched_is_left_alone()
    {
        using var log = new LogFolder();
        log.Append(LogFolder.Numbers(0, 30_000));
        log.Rotation.Watch(new(log.File, Limit, 0, 5));

        log.Rotation.Forget(log.File);
        log.Rotation.Look();

        RotatedFile.Of(log.File).Should().BeEmpty();
    }

    [Fact]
    public async Task The_loop_looks_at_every_interval_and_ends_with_the_host()
    {
        var time = new FakeTimeProvider(Noon);
        using var log = new LogFolder(time);
        log.Append(LogFolder.Numbers(0, 30_000));
        log.Rotation.Watch(new(log.File, Limit, 0, 5));
        await log.Rotation.StartAsync(Cancellation);

        await Eventually.True(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return RotatedFile.Of(log.File).Length > 0;
            },
            Cancellation
        );
        await log.Rotation.StopAsync(Cancellation);

        log.Rotation.ExecuteTask!.IsCompletedSuccessfully.Should().BeTrue();
    }

    private static void CoverHead(string file, Rotation rotation)
    {
        using var live = File.OpenHandle(file, access: FileAccess.ReadWrite);
        _ = new CopiedHead(live, rotation, whole: 0);
    }

    private static async Task<int?> StartAndWaitAsync(LaunchSite site, string command)
    {
        site.Start(site.Shell(command));
        return (await site.ExitAsync()).Code;
    }
}
