using CsCheck;
using Redb.Cli.Operations;

namespace Redb.Cli.Tests.Operations;

public sealed class TimeMergeTests
{
    [Fact]
    public async Task Streams_that_are_in_order_become_one_that_is()
    {
        var streams = Gen.Int[0, 50].List[0, 20].Select(list => list.Order().ToList()).List[0, 5];

        await streams.SampleAsync(
            async lists =>
            {
                var merge = new TimeMerge(Timeout.InfiniteTimeSpan, TimeProvider.System);
                var sources = lists.Select(list => list.ToAsyncEnumerable()).ToList();

                var merged = await merge
                    .ReadAsync(
                        sources,
                        static second => DateTimeOffset.UnixEpoch.AddSeconds(second),
                        CancellationToken.None
                    )
                    .ToListAsync();

                return merged.SequenceEqual(lists.SelectMany(list => list).Order());
            },
            iter: 200
        );
    }

    [Fact]
    public async Task A_silent_stream_does_not_hold_the_others_back()
    {
        var merge = new TimeMerge(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        var silent = System.Threading.Channels.Channel.CreateUnbounded<int>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var first = await merge
            .ReadAsync(
                [silent.Reader.ReadAllAsync(stop.Token), new[] { 7 }.ToAsyncEnumerable()],
                static _ => null,
                stop.Token
            )
            .FirstAsync(stop.Token);

        first.Should().Be(7);
    }

    [Fact]
    public async Task Nothing_is_left_out_however_items_arrive()
    {
        const int Count = 3000;
        for (var i = 0; i < 100; i++)
        {
            var merge = new TimeMerge(Timeout.InfiniteTimeSpan, TimeProvider.System);

            var merged = await merge
                .ReadAsync([Trickle(Count)], static _ => null, TestContext.Current.CancellationToken)
                .CountAsync(TestContext.Current.CancellationToken);

            merged.Should().Be(Count);
        }
    }

    private static async IAsyncEnumerable<int> Trickle(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i % 3 == 0)
            {
                await Task.Yield();
            }

            yield return i;
        }
    }
}
