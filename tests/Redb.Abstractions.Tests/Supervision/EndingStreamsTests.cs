using System.Threading.Channels;
using Redb.Abstractions.Supervision;

namespace Redb.Abstractions.Tests.Supervision;

public sealed class EndingStreamsTests : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly Channel<int> _source = Channel.CreateUnbounded<int>();

    public void Dispose()
    {
        _end.Dispose();
        _cancel.Dispose();
    }

    [Fact]
    public async Task What_comes_before_the_end_is_passed_on_and_the_end_is_no_error()
    {
        await using var reader = Read();
        _source.Writer.TryWrite(1);
        (await reader.MoveNextAsync()).Should().BeTrue();
        reader.Current.Should().Be(1);

        var waiting = reader.MoveNextAsync();
        await _end.CancelAsync();

        (await waiting).Should().BeFalse();
    }

    [Fact]
    public async Task A_stream_that_ends_by_itself_has_ended()
    {
        await using var reader = Read();
        _source.Writer.Complete();

        (await reader.MoveNextAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task Whoever_gives_up_hears_that_it_was_cancelled()
    {
        await using var reader = Read();
        var call = async () =>
        {
            var waiting = reader.MoveNextAsync();
            await _cancel.CancelAsync();
            await waiting;
        };

        await call.Should().ThrowAsync<OperationCanceledException>();
    }

    private IAsyncEnumerator<int> Read() =>
        _source.Reader.ReadAllAsync(_cancel.Token).UntilAsync(_end.Token, _cancel.Token).GetAsyncEnumerator(default);
}
