using Redb.Abstractions.Hosts;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

public sealed class JoinRulesTests
{
    private static readonly SiloIdentity Self = SiloIdentity.Of("north", "0a1b2c3d4e5f", ["default"]);
    private static readonly DateTimeOffset Now = new(Silos.Start.AddSeconds(10));

    [Theory]
    [InlineData("north#ffffffffffff/other", true)]
    [InlineData("north#0a1b2c3d4e5f/other", false)]
    [InlineData("south#ffffffffffff/default", false)]
    [InlineData("Silo_4711", false)]
    public void Another_host_of_the_same_name_is_found(string name, bool expected) =>
        (JoinRules.Namesake(Self, Members(Silos.Entry(5000, name: name)), Now) is not null).Should().Be(expected);

    [Fact]
    public void A_namesake_that_is_dead_or_long_silent_is_nobody()
    {
        var dead = Silos.Entry(5000, SiloStatus.Dead, "north#ffffffffffff/a");
        var silent = Silos.Entry(5001, SiloStatus.Active, "north#ffffffffffff/b");

        JoinRules.Namesake(Self, Members(dead, silent), Now.AddSeconds(10)).Should().BeNull();
    }

    [Fact]
    public void Of_this_host_only_silos_without_a_process_are_gone()
    {
        var lives = Silos.Entry(5000, name: "north#0a1b2c3d4e5f/lives");
        var died = Silos.Entry(5001, SiloStatus.Joining, "north#0a1b2c3d4e5f/died");
        var elsewhere = Silos.Entry(5002, name: "south#ffffffffffff/died");
        var declared = Silos.Entry(5003, SiloStatus.Dead, "north#0a1b2c3d4e5f/died");

        var gone = JoinRules.Gone(Self, Members(lives, elsewhere, declared, died), silo => silo.Serves("died"));

        gone!.Item1.SiloAddress.Should().Be(died.SiloAddress);
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    public void A_silo_is_stale_after_three_missing_signs_of_life(int seconds, bool expected) =>
        JoinRules.IsStale(Silos.Entry(5000), new(Silos.Start.AddSeconds(seconds))).Should().Be(expected);

    private static MembershipTableData Members(params MembershipEntry[] entries) =>
        new([.. entries.Select(entry => Tuple.Create(entry, "1"))], new(1, "1"));
}
