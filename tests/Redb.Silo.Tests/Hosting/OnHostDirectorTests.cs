using Orleans.Runtime.Placement;
using Redb.Abstractions.Hosts;
using Redb.Silo.Hosting;

namespace Redb.Silo.Tests.Hosting;

public sealed class OnHostDirectorTests
{
    private const string North = "north#0a1b2c3d4e5f/default+two";
    private const string Beside = "north#0a1b2c3d4e5f/three";
    private const string South = "south#ffffffffffff/default";

    private readonly FakeMembers _members = new(
        (Beside, 3, SiloStatus.Active),
        (South, 2, SiloStatus.Active),
        (North, 1, SiloStatus.Active),
        ("south#ffffffffffff/dead", 4, SiloStatus.Dead),
        ("Silo_4711", 5, SiloStatus.Active)
    );

    [Theory]
    [InlineData("north/default", 1)]
    [InlineData("north/two/core", 1)]
    [InlineData("north/three", 3)]
    [InlineData("south/default/core", 2)]
    [InlineData("north", 1)]
    public async Task A_grain_lives_where_its_key_is_served(string key, int port) =>
        (await PlaceAsync(new OnHostDirector(_members), key)).Should().Be(FakeMembers.AddressOf(port));

    [Theory]
    [InlineData("east/default", "Host 'east' has no active supervisor of group 'default'")]
    [InlineData("north/four", "group 'four'")]
    [InlineData("south/dead", "group 'dead'")]
    [InlineData("east", "Host 'east' has no active supervisor in")]
    public async Task Where_nobody_serves_it_that_is_said_with_its_type(string key, string words)
    {
        var place = () => PlaceAsync(new OnHostDirector(_members), key);

        (await place.Should().ThrowAsync<HostUnreachableException>()).WithMessage($"*{words}*");
    }

    [Fact]
    public async Task A_new_membership_is_seen_at_the_next_grain()
    {
        var director = new OnHostDirector(_members);
        await PlaceAsync(director, "south/default");

        _members.CurrentSnapshot = FakeMembers.Snapshot(2, (South, 5, SiloStatus.Active));

        (await PlaceAsync(director, "south/default")).Should().Be(FakeMembers.AddressOf(5));
    }

    // A silo of another version may not know the grain.
    [Fact]
    public async Task A_silo_that_does_not_know_the_grain_is_not_asked_to_have_it()
    {
        var place = () => PlaceAsync(new OnHostDirector(_members), "north/default", [2, 3]);

        await place.Should().ThrowAsync<HostUnreachableException>();
    }

    private static Task<SiloAddress> PlaceAsync(OnHostDirector director, string key, int[]? compatible = null) =>
        director.OnAddActivation(
            new RandomPlacement(),
            new(GrainId.Create("group", key), [], GrainInterfaceType.Create("group"), 1),
            new Context([.. (compatible ?? [1, 2, 3, 4, 5]).Select(FakeMembers.AddressOf)])
        );

    private sealed class Context(SiloAddress[] silos) : IPlacementContext
    {
        public SiloAddress LocalSilo => silos[0];

        public SiloStatus LocalSiloStatus => SiloStatus.Active;

        public SiloAddress[] GetCompatibleSilos(PlacementTarget target) => silos;

        public IReadOnlyDictionary<ushort, SiloAddress[]> GetCompatibleSilosWithVersions(PlacementTarget target) =>
            throw new NotSupportedException();
    }
}
