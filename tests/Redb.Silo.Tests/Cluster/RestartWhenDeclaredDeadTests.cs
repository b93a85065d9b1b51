using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Redb.Silo.Cluster;
using Redb.Silo.Hosting;

namespace Redb.Silo.Tests.Cluster;

public sealed class RestartWhenDeclaredDeadTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeProcess _process = new();
    private readonly StopRequests _stop = new();
    private readonly RestartWhenDeclaredDead _handler;

    public RestartWhenDeclaredDeadTests() =>
        _handler = new(
            _process,
            new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)),
            _stop,
            _time,
            NullLogger<RestartWhenDeclaredDead>.Instance
        );

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void A_silo_that_lived_long_enough_is_replaced_at_once_and_ended_only_where_that_fails()
    {
        _time.Advance(TimeSpan.FromMinutes(2));

        _handler.OnFatalException(this, "declared dead", new InvalidOperationException("I have been told I am dead"));

        _process.Done.Should().Equal("replaced", "declared dead; the supervisor could not be replaced: no such file");
    }

    [Fact]
    public void One_that_is_to_end_ends_and_does_not_wait_for_its_turn()
    {
        _stop.Request(Ending.Leave);

        _handler.OnFatalException(this, "declared dead", new InvalidOperationException("I have been told I am dead"));

        _process.Done.Should().BeEmpty();
    }

    [Fact]
    public void Whatever_Orleans_gives_up_for_is_answered() =>
        _handler.IsUnexpected(new TimeoutException()).Should().BeTrue();
}
