using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

public sealed class ClockVerdictTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-2)]
    public void A_small_difference_is_not_worth_a_word(double seconds) =>
        ClockVerdict.Of(TimeSpan.FromSeconds(seconds)).Should().Be(new ClockVerdict(IsRefused: false, ""));

    [Theory]
    [InlineData(2.1, "2.1 s ahead of")]
    [InlineData(-29.96, "30.0 s behind")]
    public void A_larger_one_is_told_with_its_figure_and_direction(double seconds, string figure)
    {
        var verdict = ClockVerdict.Of(TimeSpan.FromSeconds(seconds));

        verdict.IsRefused.Should().BeFalse();
        verdict.Words.Should().Contain(figure);
    }

    [Theory]
    [InlineData(30.1, "30.1 s ahead of")]
    [InlineData(-3600, "3600.0 s behind")]
    public void Beyond_half_a_minute_nobody_joins(double seconds, string figure)
    {
        var verdict = ClockVerdict.Of(TimeSpan.FromSeconds(seconds));

        verdict.IsRefused.Should().BeTrue();
        verdict.Words.Should().Contain(figure).And.Contain("timedatectl");
    }
}
