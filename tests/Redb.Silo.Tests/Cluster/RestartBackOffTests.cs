using Redb.Silo.Cluster;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Cluster;

public sealed class RestartBackOffTests
{
    private static readonly RestartBackOff BackOff = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    [Theory]
    [InlineData(0, 0, 5, 1)]
    [InlineData(0, 3, 2, 1)]
    [InlineData(0, 20, 0, 1)]
    [InlineData(1, 0, 10, 2)]
    [InlineData(3, 10, 30, 4)]
    [InlineData(4, 0, 60, 5)]
    [InlineData(30, 0, 60, 31)]
    public void Each_restart_in_a_row_comes_after_twice_the_life(int row, int life, int wait, int next) =>
        BackOff.Next(row, TimeSpan.FromSeconds(life)).Should().Be((TimeSpan.FromSeconds(wait), next));

    [Fact]
    public void Who_lived_as_long_as_the_longest_wait_begins_anew_at_once() =>
        BackOff.Next(7, TimeSpan.FromMinutes(1)).Should().Be((TimeSpan.Zero, 1));

    [Fact]
    public void No_row_is_too_long_to_count() =>
        BackOff.Next(int.MaxValue, TimeSpan.Zero).Wait.Should().Be(TimeSpan.FromMinutes(1));

    [Fact]
    public void A_child_is_not_told_how_often_its_supervisor_began_anew() =>
        ChildEnvironment.OursAlone.Should().Contain(RestartBackOff.Variable);
}
