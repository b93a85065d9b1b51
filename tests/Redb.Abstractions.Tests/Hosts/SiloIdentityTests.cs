using Redb.Abstractions.Hosts;

namespace Redb.Abstractions.Tests.Hosts;

public sealed class SiloIdentityTests
{
    private static readonly string[] Many = [.. Enumerable.Range(1, 18).Select(number => $"group-number-{number}")];

    [Fact]
    public void Its_name_says_host_and_groups()
    {
        var identity = SiloIdentity.Of("north", "0a1b2c3d4e5f", ["two", "default"]);

        identity.Name.Should().Be("north#0a1b2c3d4e5f/default+two");
        SiloIdentity.Parse(identity.Name).Should().Be(identity);
        identity.Groups.Should().Equal("default", "two");
    }

    [Fact]
    public void Many_groups_on_a_host_with_a_long_name_still_fit()
    {
        var identity = SiloIdentity.Of(new('h', 63), "0a1b2c3d4e5f", Many);

        identity.Fits.Should().BeTrue();
        var read = SiloIdentity.Parse(identity.Name)!;
        Many.Should().OnlyContain(group => read.Serves(group));
        read.Serves("another").Should().BeFalse();
        read.Groups.Should().BeEmpty();
    }

    [Fact]
    public void One_group_too_many_is_noticed() =>
        SiloIdentity.Of(new('h', 63), "0a1b2c3d4e5f", [.. Many, "one-more"]).Fits.Should().BeFalse();

    [Theory]
    [InlineData("default", true)]
    [InlineData("two", true)]
    [InlineData("thr", false)]
    [InlineData("", false)]
    public void It_serves_its_own_groups_only(string group, bool expected) =>
        SiloIdentity.Parse("north#0a1b2c3d4e5f/default+two")!.Serves(group).Should().Be(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Silo_4f3a")]
    [InlineData("north/default")]
    [InlineData("north#1/")]
    [InlineData("north#1/a/b")]
    public void A_silo_that_is_not_ours_has_no_identity(string? name) => SiloIdentity.Parse(name).Should().BeNull();

    [Fact]
    public void Two_machines_of_one_name_are_told_apart()
    {
        var identity = SiloIdentity.Of("north", "0a1b2c3d4e5f", ["default"]);

        identity.IsBeside(SiloIdentity.Of("north", "0a1b2c3d4e5f", ["two"])).Should().BeTrue();
        identity.IsBeside(SiloIdentity.Of("north", "ffffffffffff", ["two"])).Should().BeFalse();
    }
}
