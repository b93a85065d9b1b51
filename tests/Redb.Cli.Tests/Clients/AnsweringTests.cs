using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Redb.Cli.Clients;

namespace Redb.Cli.Tests.Clients;

/// <summary>A supervisor that is asked, and may not be there any more when it should answer.</summary>
public sealed class AnsweringTests : IDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<int> _answers = Channel.CreateUnbounded<int>();

    public void Dispose()
    {
        _lost.Dispose();
        _cancel.Dispose();
    }

    [Fact]
    public async Task An_answer_is_handed_on()
    {
        var asked = AskAsync();
        _answers.Writer.TryWrite(42);

        (await asked).Should().Be(42);
    }

    [Fact]
    public async Task A_lost_connection_ends_the_wait_with_a_failure_that_may_pass()
    {
        var call = async () =>
        {
            var asked = AskAsync();
            await _lost.CancelAsync();
            await asked;
        };

        var failure = (await call.Should().ThrowAsync<CommandFailure>()).Which;
        failure.Code.Should().Be(ExitCode.Unavailable);
        failure.MayPass.Should().BeTrue();
    }

    [Fact]
    public async Task Whoever_gives_up_is_not_told_that_the_supervisor_went_away()
    {
        var call = async () =>
        {
            var asked = AskAsync();
            await _cancel.CancelAsync();
            await asked;
        };

        await call.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_supervisor_that_is_silent_has_its_time()
    {
        var call = async () =>
        {
            var asked = AskAsync();
            _time.Advance(AnswerBound.Value);
            await asked;
        };

        await call.Should().ThrowAsync<TimeoutException>();
    }

    private Task<int> AskAsync() =>
        new Connection(_lost.Token).AskAsync(() => _answers.Reader.ReadAsync().AsTask(), _time, _cancel.Token);

    private sealed record Connection(CancellationToken Lost) : ISupervisorConnection
    {
        public IGrainFactory Grains => throw new NotSupportedException("Nothing is looked up here.");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
