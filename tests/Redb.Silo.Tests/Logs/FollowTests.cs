using Redb.Silo.Logs;

namespace Redb.Silo.Tests.Logs;

public sealed class FollowTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_come_as_they_are_completed()
    {
        using var log = new LogFolder();
        log.Append("one\n");
        await using var reader = log.Read(Cancellation, follow: true).GetAsyncEnumerator(Cancellation);

        (await NextAsync(reader)).Should().Be("one");
        log.Append("tw");
        var next = NextAsync(reader);
        log.Append("o\nthree\n");

        (await next).Should().Be("two");
        (await NextAsync(reader)).Should().Be("three");
    }

    [Fact]
    public async Task A_log_may_be_followed_before_there_is_a_file()
    {
        using var log = new LogFolder();
        await using var reader = log.Read(Cancellation, last: 5, follow: true).GetAsyncEnumerator(Cancellation);
        var next = NextAsync(reader);

        log.Append("one\n");

        (await next).Should().Be("one");
    }

    [Fact]
    public async Task A_file_replaced_by_other_hands_is_read_to_its_end_and_then_the_new_one()
    {
        using var log = new LogFolder();
        log.Append("one\n");
        await using var reader = log.Read(Cancellation, follow: true).GetAsyncEnumerator(Cancellation);
        (await NextAsync(reader)).Should().Be("one");

        log.Append("two\n");
        File.Move(log.File, log.File + ".1");
        log.Append("three\n");

        (await NextAsync(reader)).Should().Be("two");
        (await NextAsync(reader)).Should().Be("three");
    }

    [Fact]
    public async Task A_file_cut_short_by_other_hands_is_read_from_its_beginning()
    {
        using var log = new LogFolder();
        log.Append("one and some\n");
        await using var reader = log.Read(Cancellation, follow: true).GetAsyncEnumerator(Cancellation);
        (await NextAsync(reader)).Should().Be("one and some");

        await File.WriteAllTextAsync(log.File, "two\n", Cancellation);

        (await NextAsync(reader)).Should().Be("two");
    }

    [Fact]
    public async Task Followers_of_a_log_that_is_rotated_all_the_time_see_every_line_once()
    {
        using var log = new LogFolder();
        const int Lines = 300_000;
        log.Append("0\n");
        var followers = Enumerable.Range(0, 3).Select(_ => FollowAsync(log, Lines)).ToArray();

        for (var i = 1; i < Lines; i += 1000)
        {
            log.Append(LogFolder.Numbers(i, Math.Min(1000, Lines - i)));
            log.Rotator.Rotate(log.File, 64 * 1024);
        }

        await Task.WhenAll(followers).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Cancellation);
        RotatedFile.Of(log.File).Should().HaveCountGreaterThan(20);
    }

    private static async Task FollowAsync(LogFolder log, int count)
    {
        var expected = 0;
        await foreach (var line in log.Read(Cancellation, follow: true))
        {
            Assert.Equal($"{expected}", line.Text);
            expected++;
            if (expected == count)
            {
                return;
            }
        }
    }

    private static async Task<string> NextAsync(IAsyncEnumerator<Redb.Abstractions.Logs.LogLine> reader)
    {
        (await reader.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System))
            .Should()
            .BeTrue();
        return reader.Current.Text;
    }
}
