using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Redb.Abstractions.Hosts;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

public sealed class JoinPreparationTests : IAsyncLifetime
{
    private static readonly SiloIdentity Self = SiloIdentity.Of("north", "0a1b2c3d4e5f", ["mine"]);

    private readonly string _folder = Directory.CreateTempSubdirectory("redb-join-").FullName;
    private readonly FakeTimeProvider _time = new(new(Silos.Start));
    private GroupClaims? _claims;

    public async ValueTask InitializeAsync() =>
        (_claims, _) = await GroupClaims.TakeAsync(_folder, "north", [("mine", "/data")], TimeProvider.System);

    public ValueTask DisposeAsync()
    {
        _claims!.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_earlier_processes_of_this_host_left_is_declared_dead_and_nothing_else()
    {
        var before = Silos.Entry(5000, name: "north#0a1b2c3d4e5f/mine");
        var joining = Silos.Entry(5001, SiloStatus.Joining, "north#0a1b2c3d4e5f/gone");
        var elsewhere = Silos.Entry(5002, name: "south#ffffffffffff/gone");

        await PrepareAsync(new StatedTable(before, joining, elsewhere));

        before.Status.Should().Be(SiloStatus.Dead);
        joining.Status.Should().Be(SiloStatus.Dead);
        elsewhere.Status.Should().Be(SiloStatus.Active);
    }

    // Nobody listens on these ports of this machine; somebody does on the last.
    [Fact]
    public async Task Of_other_hosts_only_those_are_gone_that_are_silent_and_out_of_reach()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var silent = Silos.Entry(1, name: "south#ffffffffffff/a");
        var reached = Silos.Entry(((IPEndPoint)listener.LocalEndpoint).Port, name: "east#eeeeeeeeeeee/a");
        var alive = Silos.Entry(2, name: "west#dddddddddddd/a");
        _time.Advance(TimeSpan.FromSeconds(16));
        alive.IAmAliveTime = Silos.Start.AddSeconds(10);

        await PrepareAsync(new StatedTable(silent, reached, alive));

        silent.Status.Should().Be(SiloStatus.Dead);
        reached.Status.Should().Be(SiloStatus.Active);
        alive.Status.Should().Be(SiloStatus.Active);
    }

    [Fact]
    public async Task Others_may_change_the_membership_meanwhile()
    {
        var before = Silos.Entry(5000, name: "north#0a1b2c3d4e5f/mine");

        await PrepareAsync(new StatedTable(before) { Late = 19 });

        before.Status.Should().Be(SiloStatus.Dead);
    }

    [Fact]
    public async Task A_membership_that_never_holds_still_is_told()
    {
        var table = new StatedTable(Silos.Entry(5000, name: "north#0a1b2c3d4e5f/mine")) { Late = int.MaxValue };

        var join = () => PrepareAsync(table);

        (await join.Should().ThrowAsync<ClusterException>()).WithMessage("*changes all the time*start again*");
    }

    [Fact]
    public async Task A_host_that_has_our_name_and_is_another_one_keeps_us_out()
    {
        var other = Silos.Entry(5000, name: "north#ffffffffffff/other");

        var join = () => PrepareAsync(new StatedTable(other));

        (await join.Should().ThrowAsync<ClusterException>()).WithMessage(
            "*another host*north*ffffffffffff*cluster.host_name*"
        );
    }

    private Task PrepareAsync(IMembershipTable table) =>
        new JoinPreparation(table, Self, _claims!, _time, NullLogger<JoinPreparation>.Instance).PrepareAsync(
            TestContext.Current.CancellationToken
        );
}
