using Redb.StandIn.Arguments;

namespace Redb.Hosting.Service.Tests.StandIn;

public sealed class DurationTests
{
    [Theory]
    [InlineData("300ms", 300)]
    [InlineData("10s", 10_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5s", 1_500)]
    public void A_duration_is_a_sum_of_numbers_with_units(string text, int milliseconds)
    {
        Duration.TryParse(text, out var duration).Should().BeTrue();
        duration.Should().Be(TimeSpan.FromMilliseconds(milliseconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("10 s")]
    [InlineData("5parsecs")]
    public void Anything_else_is_refused(string text) => Duration.TryParse(text, out _).Should().BeFalse();
}
