using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Redb.Abstractions.Hosts;
using Redb.Silo.Supervisor;

namespace Redb.Silo.Tests.Supervisor;

public sealed class FaultAnswersTests : IDisposable
{
    private readonly Lifetime _lifetime = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FrontDoor _door;

    public FaultAnswersTests()
    {
        _door = new(_time);
        _door.Open();
    }

    public static TheoryData<Exception> Passing =>
        [
            new HostUnreachableException("Host 'b' has no active supervisor in the cluster."),
            new TimeoutException("late"),
        ];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task What_passes_is_answered_unavailable_with_the_reason(Exception failure)
    {
        var call = async () => await AnswerAsync(() => Task.FromException<string>(failure));

        var answer = (await call.Should().ThrowAsync<RpcException>()).Which;

        answer.StatusCode.Should().Be(StatusCode.Unavailable);
        answer.Status.Detail.Should().EndWith(failure.Message);
    }

    [Fact]
    public async Task A_mistake_of_ours_stays_one()
    {
        var call = async () => await AnswerAsync(() => Task.FromException<string>(new InvalidOperationException()));

        await call.Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task A_stream_ends_when_the_supervisor_does()
    {
        var end = async () =>
            await new FaultAnswers(_door, _lifetime).ServerStreamingServerHandler<string, string>(
                "",
                null!,
                null!,
                async (_, _, _) =>
                {
                    _lifetime.StopApplication();
                    await Task.Delay(
                        Timeout.InfiniteTimeSpan,
                        TimeProvider.System,
                        TestContext.Current.CancellationToken
                    );
                }
            );

        (await end.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.Unavailable);
    }

    [Fact]
    public async Task A_call_before_the_groups_have_begun_waits_for_that()
    {
        var door = new FrontDoor(_time);
        var answer = Answers(door).UnaryServerHandler<string, string>("", null!, (_, _) => Task.FromResult("yes"));
        answer.IsCompleted.Should().BeFalse();

        door.Open();

        (await answer).Should().Be("yes");
    }

    [Fact]
    public async Task A_call_does_not_wait_for_ever_for_groups_that_do_not_begin()
    {
        var answer = Answers(new(_time)).UnaryServerHandler<string, string>("", null!, (_, _) => Task.FromResult("no"));

        _time.Advance(TimeSpan.FromSeconds(20));

        var refusal = (
            await FluentActions
                .Awaiting(async () => await answer.WaitAsync(CancellationToken.None))
                .Should()
                .ThrowAsync<RpcException>()
        ).Which;
        refusal.StatusCode.Should().Be(StatusCode.Unavailable);
    }

    public void Dispose() => _lifetime.Dispose();

    private FaultAnswers Answers(FrontDoor door) => new(door, _lifetime);

    private Task<string> AnswerAsync(Func<Task<string>> call) =>
        new FaultAnswers(_door, _lifetime).UnaryServerHandler<string, string>("", null!, (_, _) => call());

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
