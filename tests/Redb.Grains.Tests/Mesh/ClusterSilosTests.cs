using System.Collections.Immutable;
using Redb.Grains.Mesh;

namespace Redb.Grains.Tests.Mesh;

public sealed class ClusterSilosTests
{
    private const string Old = "north#0a1b2c3d4e5f/default";
    private const string Fuller = "north#0a1b2c3d4e5f/default+two";

    [Theory]
    [InlineData("north", "default", true)]
    [InlineData("north", "two", false)]
    [InlineData("south", "default", false)]
    public void The_groups_of_a_dead_supervisor_are_lost(string host, string group, bool isLost) =>
        Silos([], [Old]).HasLost(host, group).Should().Be(isLost);

    [Theory]
    [InlineData(Old)]
    [InlineData(Fuller)]
    public void They_are_not_once_another_supervisor_of_the_host_serves_them(string successor) =>
        Silos([successor], [Old]).HasLost("north", "default").Should().BeFalse();

    [Fact]
    public void Whoever_was_never_seen_and_what_is_no_supervisor_is_not_lost()
    {
        ClusterSilos.None.HasLost("north", "default").Should().BeFalse();
        Silos([], ["Silo_1"]).HasLost("Silo_1", "default").Should().BeFalse();
    }

    private static ClusterSilos Silos(ImmutableArray<string> live, ImmutableArray<string> dead) => new(live, dead);
}
