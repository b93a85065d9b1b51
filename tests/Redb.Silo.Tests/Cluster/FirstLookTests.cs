using Microsoft.Extensions.Time.Testing;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

public sealed class FirstLookTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly ApproachVerdict Silent = new(ApproachKind.Closed, "b cannot be reached") { MayPass = true };
    private static readonly ApproachVerdict Open = new(ApproachKind.Open, "");

    private readonly FakeTimeProvider _time = new();
    private readonly StatedApproach _approach = new() { Now = Silent };

    [Fact]
    public async Task A_member_that_is_back_within_the_patience_is_waited_for()
    {
        var look = LookAsync();
        _time.Advance(FirstLook.Interval);
        look.IsCompleted.Should().BeFalse();

        _approach.Now = Open;
        _time.Advance(FirstLook.Interval);

        (await look).Should().Be(Open);
    }

    [Fact]
    public async Task One_that_stays_away_is_not_waited_for_any_longer()
    {
        var look = LookAsync();
        for (var waited = TimeSpan.Zero; waited < Patience; waited += FirstLook.Interval)
        {
            look.IsCompleted.Should().BeFalse();
            _time.Advance(FirstLook.Interval);
        }

        (await look).Should().Be(Silent);
    }

    [Fact]
    public async Task Without_patience_the_first_look_counts()
    {
        (await FirstLook.TakeAsync(_approach, TimeSpan.Zero, _time)).Should().Be(Silent);
    }

    [Fact]
    public async Task Nothing_else_is_waited_for()
    {
        _approach.Now = new(ApproachKind.Closed, "the database is away");

        (await LookAsync()).Should().Be(_approach.Now);
    }

    private Task<ApproachVerdict> LookAsync() => FirstLook.TakeAsync(_approach, Patience, _time);
}
