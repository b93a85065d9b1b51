using CsCheck;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Tests.Reading;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["max_delay", "max_failures", "initial_delay", "mesh", "core"];

    [Theory]
    [InlineData("max_dealy", "max_delay")]
    [InlineData("maxdelay", "max_delay")]
    [InlineData("MAX-DELAY", "max_delay")]
    [InlineData("mehs", "mesh")]
    [InlineData("cor", "core")]
    [InlineData("banana", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void A_typo_is_recognized_and_nothing_else(string written, string? meant) =>
        NearestName.Find(written, Known).Should().Be(meant);

    [Fact]
    public void Distance_is_a_distance()
    {
        var word = Gen.Char["abc"].Array[0, 6].Select(static letters => new string(letters));

        Gen.Select(word, word)
            .Sample(
                (one, other) =>
                {
                    var distance = NearestName.Distance(one, other);
                    return distance == NearestName.Distance(other, one)
                        && distance <= Math.Max(one.Length, other.Length)
                        && distance >= Math.Abs(one.Length - other.Length)
                        && distance == 0 == string.Equals(one, other, StringComparison.Ordinal);
                }
            );
    }
}
