using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

/// <summary>What Orleans expects of every membership table, and the membership of embedded clusters keeps.</summary>
public sealed class MembershipTableTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("redb-test-").FullName;
    private readonly EmbeddedMembershipTable _concrete;
    private readonly IMembershipTable _table;

    public MembershipTableTests() => _table = _concrete = Silos.Table(Path.Combine(_folder, "membership.db"));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _table.InitializeMembershipTableAsync(true, Cancelled);

    public ValueTask DisposeAsync()
    {
        _concrete.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_new_table_is_empty_and_of_version_0()
    {
        var members = await _table.ReadAllAsync(Cancelled);

        members.Members.Should().BeEmpty();
        members.Version.Version.Should().Be(0);
        members.Version.VersionEtag.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_silo_is_read_as_it_was_written()
    {
        var entry = Silos.Entry(5000, SiloStatus.Joining);
        entry.SuspectTimes = [Tuple.Create(Silos.Entry(5001).SiloAddress, Silos.Start.AddTicks(7))];

        await Silos.InsertAsync(_table, entry);

        var (read, etag) = (await _table.ReadRowAsync(entry.SiloAddress, Cancelled)).TryGet(entry.SiloAddress)!;
        read.Should().BeEquivalentTo(entry);
        read.IAmAliveTime.Kind.Should().Be(DateTimeKind.Utc);
        etag.Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_silo_that_is_not_there_is_no_row_and_still_a_version()
    {
        await Silos.InsertAsync(_table, Silos.Entry(5000));

        var members = await _table.ReadRowAsync(Silos.Entry(5001).SiloAddress, Cancelled);

        members.Members.Should().BeEmpty();
        members.Version.Version.Should().Be(1);
    }

    [Fact]
    public async Task A_silo_of_another_generation_is_another_silo()
    {
        await Silos.InsertAsync(_table, Silos.Entry(5000, generation: 1));
        await Silos.InsertAsync(_table, Silos.Entry(5000, generation: 2));

        (await _table.ReadAllAsync(Cancelled)).Members.Should().HaveCount(2);
    }

    [Fact]
    public async Task Inserting_what_is_there_changes_nothing()
    {
        await Silos.InsertAsync(_table, Silos.Entry(5000));
        var before = await _table.ReadAllAsync(Cancelled);

        var inserted = await _table.InsertRowAsync(
            Silos.Entry(5000, SiloStatus.Dead),
            before.Version.Next(),
            Cancelled
        );

        inserted.Should().BeFalse();
        await IsUnchangedAsync(before);
    }

    [Fact]
    public async Task A_change_on_top_of_an_old_version_changes_nothing()
    {
        var old = (await _table.ReadAllAsync(Cancelled)).Version;
        await Silos.InsertAsync(_table, Silos.Entry(5000));
        var before = await _table.ReadAllAsync(Cancelled);
        var (_, etag) = before.TryGet(Silos.Entry(5000).SiloAddress)!;

        var inserted = await _table.InsertRowAsync(Silos.Entry(5001), old.Next(), Cancelled);
        var updated = await _table.UpdateRowAsync(Silos.Entry(5000, SiloStatus.Dead), etag, old.Next(), Cancelled);

        (inserted, updated).Should().Be((false, false));
        await IsUnchangedAsync(before);
    }

    [Fact]
    public async Task A_change_on_top_of_an_old_row_changes_nothing()
    {
        await Silos.InsertAsync(_table, Silos.Entry(5000));
        var (_, old) = (await _table.ReadAllAsync(Cancelled)).TryGet(Silos.Entry(5000).SiloAddress)!;
        await UpdateAsync(Silos.Entry(5000, SiloStatus.ShuttingDown));
        var before = await _table.ReadAllAsync(Cancelled);

        var updated = await _table.UpdateRowAsync(
            Silos.Entry(5000, SiloStatus.Dead),
            old,
            before.Version.Next(),
            Cancelled
        );

        updated.Should().BeFalse();
        await IsUnchangedAsync(before);
    }

    [Fact]
    public async Task Updating_what_is_not_there_changes_nothing()
    {
        await Silos.InsertAsync(_table, Silos.Entry(5000));
        var before = await _table.ReadAllAsync(Cancelled);

        var updated = await _table.UpdateRowAsync(Silos.Entry(5001), "1", before.Version.Next(), Cancelled);

        updated.Should().BeFalse();
        await IsUnchangedAsync(before);
    }

    [Fact]
    public async Task Every_change_gives_new_etags_to_row_and_table()
    {
        await Silos.InsertAsync(_table, Silos.Entry(5000));
        var before = await _table.ReadAllAsync(Cancelled);

        await UpdateAsync(Silos.Entry(5000, SiloStatus.Dead));

        var after = await _table.ReadAllAsync(Cancelled);
        after.Version.Version.Should().Be(before.Version.Version + 1);
        after.Version.VersionEtag.Should().NotBe(before.Version.VersionEtag);
        after.Members[0].Item2.Should().NotBe(before.Members[0].Item2);
        after.Members[0].Item1.Status.Should().Be(SiloStatus.Dead);
    }

    [Fact]
    public async Task A_sign_of_life_changes_its_time_and_no_etag()
    {
        var entry = Silos.Entry(5000);
        await Silos.InsertAsync(_table, entry);
        var before = await _table.ReadAllAsync(Cancelled);

        await _table.UpdateIAmAliveAsync(
            new() { SiloAddress = entry.SiloAddress, IAmAliveTime = Silos.Start.AddMinutes(1) },
            Cancelled
        );

        var after = await _table.ReadAllAsync(Cancelled);
        after.Version.Should().Be(before.Version);
        after.Members[0].Item2.Should().Be(before.Members[0].Item2);
        after.Members[0].Item1.IAmAliveTime.Should().Be(Silos.Start.AddMinutes(1));
        after.Members[0].Item1.SiloName.Should().Be(entry.SiloName);
    }

    [Fact]
    public async Task A_row_may_be_changed_after_signs_of_life()
    {
        await Silos.InsertAsync(_table, Silos.Entry(5000));
        var read = await _table.ReadAllAsync(Cancelled);
        await _table.UpdateIAmAliveAsync(Silos.Entry(5000), Cancelled);

        var updated = await _table.UpdateRowAsync(
            Silos.Entry(5000, SiloStatus.Dead),
            read.Members[0].Item2,
            read.Version.Next(),
            Cancelled
        );

        updated.Should().BeTrue();
    }

    [Fact]
    public async Task Only_the_dead_of_long_ago_are_cleared_away()
    {
        var late = Silos.Entry(5002, SiloStatus.Dead);
        late.IAmAliveTime = Silos.Start.AddHours(2);
        await Silos.InsertAsync(_table, Silos.Entry(5000, SiloStatus.Dead));
        await Silos.InsertAsync(_table, Silos.Entry(5001));
        await Silos.InsertAsync(_table, late);

        await _table.CleanupDefunctSiloEntriesAsync(new(Silos.Start.AddHours(1)), Cancelled);

        var left = await _table.ReadAllAsync(Cancelled);
        left.Members.Select(member => member.Item1.SiloAddress.Endpoint.Port).Should().BeEquivalentTo([5001, 5002]);
    }

    [Fact]
    public async Task Clusters_in_one_file_do_not_see_each_other()
    {
        using var concrete = Silos.Table(Path.Combine(_folder, "membership.db"), "other");
        IMembershipTable other = concrete;
        await other.InitializeMembershipTableAsync(true, Cancelled);
        await Silos.InsertAsync(_table, Silos.Entry(5000));
        await Silos.InsertAsync(other, Silos.Entry(5001));

        await _table.DeleteMembershipTableEntriesAsync("test", Cancelled);

        (await _table.ReadAllAsync(Cancelled)).Members.Should().BeEmpty();
        (await other.ReadAllAsync(Cancelled)).Members.Should().ContainSingle();
    }

    [Fact]
    public async Task Of_many_changes_on_top_of_one_version_one_takes_effect()
    {
        var version = (await _table.ReadAllAsync(Cancelled)).Version;
        var tables = Enumerable.Range(0, 8).Select(_ => Silos.Table(Path.Combine(_folder, "membership.db"))).ToList();

        var inserted = await Task.WhenAll(
            tables.Select(
                (table, index) =>
                    ((IMembershipTable)table).InsertRowAsync(Silos.Entry(6000 + index), version.Next(), Cancelled)
            )
        );

        inserted.Count(succeeded => succeeded).Should().Be(1);
        (await _table.ReadAllAsync(Cancelled)).Members.Should().ContainSingle();
        tables.ForEach(table => table.Dispose());
    }

    private async Task UpdateAsync(MembershipEntry entry)
    {
        var members = await _table.ReadAllAsync(Cancelled);
        var (_, etag) = members.TryGet(entry.SiloAddress)!;
        (await _table.UpdateRowAsync(entry, etag, members.Version.Next(), Cancelled)).Should().BeTrue();
    }

    private async Task IsUnchangedAsync(MembershipTableData before)
    {
        var after = await _table.ReadAllAsync(Cancelled);
        after.Version.Should().Be(before.Version);
        after.Members.Should().BeEquivalentTo(before.Members);
    }
}
