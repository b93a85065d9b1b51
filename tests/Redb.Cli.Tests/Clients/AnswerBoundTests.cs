using Redb.Cli.Clients;

namespace Redb.Cli.Tests.Clients;

public sealed class AnswerBoundTests
{
    [Theory]
    [InlineData(null, 5)]
    [InlineData("30s", 30)]
    [InlineData("1m", 60)]
    [InlineData("soon", 5)]
    [InlineData("0s", 5)]
    [InlineData("-3s", 5)]
    public void The_variable_is_a_positive_duration_or_not_there(string? text, int seconds) =>
        AnswerBound.Read(text).Should().Be(TimeSpan.FromSeconds(seconds));
}
