using Redb.Abstractions.Hosts;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

public sealed class GroupClaimsTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("redb-test-").FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public async Task A_group_is_served_once_on_a_host_and_the_refusal_names_both()
    {
        using var first = await ClaimAsync("one", "two");

        var (second, refusal) = await TryAsync("three", "two");

        second.Should().BeNull();
        refusal
            .Should()
            .StartWith(
                $"group two on host north is already served by another supervisor (pid {Environment.ProcessId}, data folder /data/one); this one (pid {Environment.ProcessId}, data folder /data/three) does not start"
            );
    }

    [Fact]
    public async Task A_refused_supervisor_keeps_no_claim()
    {
        using var first = await ClaimAsync("one", "two");
        await TryAsync("x", "a", "two");

        using var third = await ClaimAsync("three", "a");
    }

    [Fact]
    public async Task A_group_is_free_again_when_its_supervisor_has_ended()
    {
        (await ClaimAsync("one", "two")).Dispose();

        using var second = await ClaimAsync("three", "two");
    }

    [Theory]
    [InlineData("mine", true)]
    [InlineData("mine+others", true)]
    [InlineData("others", false)]
    [InlineData("nobodys", true)]
    [InlineData("nobodys+others", false)]
    public async Task A_silo_is_gone_when_its_group_is_ours_or_nobodys(string groups, bool expected)
    {
        using var mine = await ClaimAsync("one", "mine");
        using var others = await ClaimAsync("two", "others");
        (await ClaimAsync("three", "nobodys")).Dispose();

        mine.IsGone(SiloIdentity.Parse($"north#0a1b2c3d4e5f/{groups}")!).Should().Be(expected);
    }

    [Fact]
    public void A_host_keeps_its_id()
    {
        var first = ClusterFolder.Open(_path);

        ClusterFolder.Open(_path).HostId.Should().Be(first.HostId).And.MatchRegex("^[0-9a-f]{12}$");
        File.GetUnixFileMode(Path.Combine(_path, "host.json"))
            .Should()
            .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Supervisors_that_make_the_id_at_the_same_time_agree()
    {
        var ids = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => ClusterFolder.Open(_path).HostId))
        );

        ids.Distinct(StringComparer.Ordinal).Should().ContainSingle();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"id\": 5}")]
    [InlineData("{\"id\": \"short\"}")]
    public void An_identity_that_cannot_be_read_is_not_replaced(string text)
    {
        var file = Path.Combine(_path, "host.json");
        File.WriteAllText(file, text);

        var open = () => ClusterFolder.Open(_path);

        open.Should().Throw<ClusterException>().WithMessage($"{file} does not hold the identity of this host*");
        File.ReadAllText(file).Should().Be(text);
    }

    private async Task<GroupClaims> ClaimAsync(string data, params string[] groups)
    {
        var (claims, refusal) = await TryAsync(data, groups);
        refusal.Should().BeEmpty();
        return claims!;
    }

    private Task<(GroupClaims? Claims, string Refusal)> TryAsync(string data, params string[] groups) =>
        GroupClaims.TakeAsync(
            ClusterFolder.Open(_path).ClaimFolder,
            "north",
            groups.Select(group => (group, $"/data/{data}")),
            TimeProvider.System
        );
}
