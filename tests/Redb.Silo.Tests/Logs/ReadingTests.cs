using System.Globalization;
using System.Text;
using CsCheck;
using Redb.Silo.Logs;

namespace Redb.Silo.Tests.Logs;

public sealed class ReadingTests
{
    [Fact]
    public async Task A_log_without_a_file_has_no_lines()
    {
        using var log = new LogFolder();

        log.Files.ReadLast(log.File, 10).Should().BeEmpty();
        log.Files.ReadLast("/no/such/folder/x.log", 10).Should().BeEmpty();
        (await log.TextsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Line_ends_of_both_kinds_are_left_out_and_a_last_line_needs_none()
    {
        using var log = new LogFolder();
        log.Append("one\r\n\r\ntwo\n\nthree");

        log.Files.ReadLast(log.File, 10).Should().Equal("one", "", "two", "", "three");
        (await log.TextsAsync()).Should().Equal("one", "", "two", "", "three");
    }

    [Fact]
    public void Bytes_that_are_no_text_are_replaced()
    {
        using var log = new LogFolder();
        log.Append([(byte)'a', 0xFF, (byte)'b', (byte)'\n']);

        log.Files.ReadLast(log.File, 1).Should().Equal("a\uFFFDb");
    }

    [Fact]
    public async Task A_very_long_line_comes_in_pieces_that_tear_no_character()
    {
        using var log = new LogFolder();
        var line = string.Concat(Enumerable.Repeat("äöü€😀", 20_000));
        log.Append($"before\n{line}\nafter\n");

        var texts = await log.TextsAsync();

        texts.Should().HaveCountGreaterThan(4);
        string.Concat(texts[1..^1]).Should().Be(line);
        texts.Should().AllSatisfy(text => Encoding.UTF8.GetByteCount(text).Should().BeLessThanOrEqualTo(65_536));
        log.Files.ReadLast(log.File, 2).Should().Equal(texts[^2..]);
    }

    [Fact]
    public async Task Rotated_files_come_first_in_the_order_of_their_names()
    {
        using var log = new LogFolder();
        Write(log, "core-20260102T000000000Z.log", "3\n4\n");
        Write(log, "core-20260101T000000000Z.log", "1\n2\n");
        Write(log, "core-stream-20260101T000000000Z.log", "of another service\n");
        Write(log, "core-notes.log", "of another service\n");
        log.Append("--- continued from core-20260102T000000000Z.log ---      \n5\n6\n");

        (await log.TextsAsync()).Should().Equal("1", "2", "3", "4", "5", "6");
        (await log.TextsAsync(last: 3)).Should().Equal("4", "5", "6");
        log.Files.ReadLast(log.File, 5).Should().Equal("2", "3", "4", "5", "6");
        log.Files.ReadLast(log.File, 0).Should().BeEmpty();
    }

    [Fact]
    public void The_last_lines_are_those_of_a_reader_of_everything()
    {
        var line = Gen.OneOf(
            Gen.String[Gen.Char['a', 'c'], 0, 8],
            Gen.Int[60_000, 70_000].Select(n => new string('x', n))
        );
        Gen.Select(line.Array[0, 12], line.Array[0, 12], Gen.Bool, Gen.Int[0, 30])
            .Sample(
                (rotated, live, ended, count) =>
                {
                    using var log = new LogFolder();
                    Write(log, "core-20260101T000000000Z.log", string.Concat(rotated.Select(text => $"{text}\n")));
                    log.Append(string.Join('\n', live) + (ended && live.Length > 0 ? "\n" : ""));
                    var all = Pieces(log.Everything());

                    return log
                        .Files.ReadLast(log.File, count)
                        .SequenceEqual(all.TakeLast(count), StringComparer.Ordinal);
                },
                iter: 300
            );
    }

    [Fact]
    public async Task Lines_since_a_time_begin_with_the_first_that_says_so()
    {
        using var log = new LogFolder();
        log.Append("no time\n2026-01-01T10:00:00Z a\n  more of a\n2026-01-01T11:00:00Z b\n  more of b\n");

        (await log.TextsAsync(since: At("2026-01-01T10:30:00Z")))
            .Should()
            .Equal("2026-01-01T11:00:00Z b", "  more of b");
        (await log.TextsAsync(since: At("2026-01-01T10:00:00Z"))).Should().HaveCount(4);
    }

    [Fact]
    public async Task A_line_without_a_time_goes_by_the_one_before_it_even_when_that_is_not_shown()
    {
        using var log = new LogFolder();
        log.Append("2026-01-01T10:00:00Z a\n  more of a\n");

        var line = (
            await log.Read(TestContext.Current.CancellationToken, last: 1)
                .ToArrayAsync(TestContext.Current.CancellationToken)
        ).Single();

        line.Should()
            .BeEquivalentTo(
                new
                {
                    Service = "core",
                    At = At("2026-01-01T10:00:00Z"),
                    Text = "  more of a",
                }
            );
    }

    [Fact]
    public async Task Rotated_files_older_than_asked_for_are_not_even_opened()
    {
        using var log = new LogFolder();
        Write(log, "core-20260101T000000000Z.log", "2027-01-01T00:00:00Z a line that lies about its time\n");
        log.Append("2026-06-01T00:00:00Z b\n");

        (await log.TextsAsync(since: At("2026-03-01T00:00:00Z"))).Should().Equal("2026-06-01T00:00:00Z b");
    }

    [Fact]
    public void The_last_lines_of_a_large_file_are_found_without_reading_it()
    {
        using var log = new LogFolder();
        using (var file = File.OpenHandle(log.File, FileMode.Create, FileAccess.Write))
        {
            // Sparse: reading it whole would take seconds.
            RandomAccess.SetLength(file, 20L << 30);
        }

        log.Append("\nlast but one\nlast\n");
        var began = TimeProvider.System.GetTimestamp();

        log.Files.ReadLast(log.File, 2).Should().Equal("last but one", "last");
        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(1));
    }

    private static List<string> Pieces(string text)
    {
        var pieces = new List<string>();
        var splitter = new LineSplitter();
        splitter.Push(Encoding.UTF8.GetBytes(text), piece => pieces.Add(Encoding.UTF8.GetString(piece.Span)));
        splitter.Finish(piece => pieces.Add(Encoding.UTF8.GetString(piece.Span)));
        return pieces;
    }

    private static void Write(LogFolder log, string name, string text) =>
        File.WriteAllText(Path.Combine(log.Folder, name), text);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
