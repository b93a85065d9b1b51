using Microsoft.Data.Sqlite;
using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

/// <summary>The membership file among several processes, and in bad condition.</summary>
public sealed class MembershipFileTests : IDisposable
{
    private const int Processes = 4;
    private const int Rounds = 25;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder = Directory.CreateTempSubdirectory("redb-test-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "membership.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Processes_that_write_at_the_same_time_lose_nothing()
    {
        var writers = Enumerable.Range(0, Processes).Select(number => MembershipWriter.Start(File, number, Rounds));

        var codes = await Task.WhenAll(writers);

        codes.Should().AllBeEquivalentTo(0);
        using var table = Silos.Table(File);
        var members = await ((IMembershipTable)table).ReadAllAsync(Cancelled);
        members.Version.Version.Should().Be(Processes * Rounds);
        members.Members.Should().HaveCount(Processes * Rounds);
    }

    [Fact]
    public void Who_opens_it_while_others_make_it_finds_ours_or_nothing()
    {
        for (var round = 0; round < 20; round++)
        {
            var file = Path.Combine(_folder, $"{round}.db");
            Parallel.For(
                0,
                Processes,
                new() { MaxDegreeOfParallelism = Processes, CancellationToken = Cancelled },
                _ => MembershipFile.Open(file, TimeSpan.FromSeconds(10)).Dispose()
            );
        }
    }

    [Fact]
    public async Task A_writer_that_is_killed_leaves_nothing_locked()
    {
        using var table = Silos.Table(File);
        await ((IMembershipTable)table).InitializeMembershipTableAsync(true, Cancelled);
        for (var round = 0; round < 3; round++)
        {
            await MembershipWriter.KillAsync(File, 100 + round);
        }

        await Silos.InsertAsync(table, Silos.Entry(9000));

        var members = await ((IMembershipTable)table).ReadAllAsync(Cancelled);
        members.Version.Version.Should().Be(members.Members.Count);
    }

    [Fact]
    public async Task Nobody_else_may_read_it()
    {
        using var table = Silos.Table(File);
        await ((IMembershipTable)table).InitializeMembershipTableAsync(true, Cancelled);

        Directory
            .GetFiles(_folder)
            .Should()
            .AllSatisfy(file => System.IO.File.GetUnixFileMode(file).Should().Be(OwnerOnly));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_and_kept()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5000), Cancelled);

        (await RefusalAsync())
            .Should()
            .StartWith($"the membership file {File} cannot be used: ")
            .And.Contain("delete it");
        (await System.IO.File.ReadAllTextAsync(File, Cancelled)).Should().Be(new string('x', 5000));
    }

    [Theory]
    [InlineData("CREATE TABLE notes (text TEXT)", "is a database of another program")]
    [InlineData("PRAGMA application_id = 7", "is a database of another program")]
    [InlineData(
        "PRAGMA application_id = 1380271170; PRAGMA user_version = 9",
        "is of version 9, this supervisor knows version 1"
    )]
    public async Task A_database_that_is_not_ours_is_left_alone(string making, string refusal)
    {
        await using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await connection.OpenAsync(Cancelled);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests speak SQL in constants.
            command.CommandText = making;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(Cancelled);
        }

        (await RefusalAsync()).Should().Contain(refusal);
    }

    [Fact]
    public async Task Whoever_waits_too_long_for_another_writer_is_told()
    {
        using var table = Silos.Table(File);
        await ((IMembershipTable)table).InitializeMembershipTableAsync(true, Cancelled);
        using var other = MembershipFile.Open(File, TimeSpan.FromSeconds(1));
        using var held = other.Write();

        var insert = () => Silos.InsertAsync(table, Silos.Entry(5000));

        (await insert.Should().ThrowAsync<SqliteException>()).Which.SqliteErrorCode.Should().Be(5);
    }

    [Fact]
    public async Task A_file_that_was_deleted_is_made_again()
    {
        using var table = Silos.Table(File);
        await ((IMembershipTable)table).InitializeMembershipTableAsync(true, Cancelled);
        foreach (var file in Directory.GetFiles(_folder))
        {
            System.IO.File.Delete(file);
        }

        (await ((IMembershipTable)table).ReadAllAsync(Cancelled)).Members.Should().BeEmpty();

        System.IO.File.Exists(File).Should().BeTrue();
    }

    private async Task<string> RefusalAsync()
    {
        using var table = Silos.Table(File);
        var read = async () => await ((IMembershipTable)table).ReadAllAsync(Cancelled);
        return (await read.Should().ThrowAsync<ClusterException>()).Which.Message;
    }
}
