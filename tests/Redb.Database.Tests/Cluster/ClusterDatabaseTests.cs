using Microsoft.Extensions.Time.Testing;
using Redb.Abstractions.Configuration;
using Redb.Database.Cluster;
using Redb.Database.Failures;
using Redb.Database.Postgres;
using Redb.Database.Schema;
using Redb.Database.Tests.Kit;

namespace Redb.Database.Tests.Cluster;

public sealed class ClusterDatabaseTests(SharedServer shared)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_role_that_was_given_its_rights_sees_clock_and_members_and_no_more_is_to_be_done()
    {
        var site = await MadeAsync();

        var look = await DatabaseOf(site, TimeProvider.System).LookAsync("redb", "self", s_fresh, Site.Token);

        look.Failure.Should().BeNull();
        look.Value.Skew.Duration().Should().BeLessThan(TimeSpan.FromSeconds(1), "it is the same machine");
        look.Value.Members.Should().BeEmpty();
    }

    [Fact]
    public async Task A_clock_that_is_wrong_shows_with_its_figure()
    {
        var site = await MadeAsync();
        var ahead = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(2));

        var look = await DatabaseOf(site, ahead).LookAsync("redb", "self", s_fresh, Site.Token);

        look.Value.Skew.Should().BeCloseTo(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Of_the_members_only_those_count_that_gave_a_sign_of_life_a_moment_ago()
    {
        var site = await MadeAsync();
        await using var port = new PostgresPort(site.Configuration, AdministratorOf(site));
        await WriteAsync(
            port,
            "('redb', 1, 'lives', 3, 5), ('redb', 2, 'silent', 3, 20), ('redb', 3, 'dead', 6, 1), ('other', 4, 'strange', 3, 1)"
        );

        var look = await DatabaseOf(site, TimeProvider.System).LookAsync("redb", "self", s_fresh, Site.Token);

        look.Value.Members.Should()
            .ContainSingle()
            .Which.Should()
            .Match<ClusterMember>(member => member.Name == "lives" && member.EndPoint.Port == 1);
    }

    // Another one may read and write the membership at the same time: it goes by the version.
    [Fact]
    public async Task What_earlier_lives_of_a_silo_left_is_declared_dead_by_a_step_of_the_version()
    {
        var site = await MadeAsync();
        await using var port = new PostgresPort(site.Configuration, AdministratorOf(site));
        await WriteAsync(port, "('redb', 1, 'self', 3, 1), ('redb', 2, 'self', 2, 1), ('redb', 3, 'lives', 3, 1)");
        var database = DatabaseOf(site, TimeProvider.System);

        var looks = new[]
        {
            await database.LookAsync("redb", "self", s_fresh, Site.Token),
            await database.LookAsync("redb", "self", s_fresh, Site.Token),
        };

        looks.Should().AllSatisfy(look => look.Value.Members.Should().ContainSingle(member => member.Name == "lives"));
        var (states, version) = await ReadAsync(port);
        states.Should().Equal("self 6", "self 6", "lives 3");
        version.Should().Be(1, "the second look had nothing to do");
    }

    [Fact]
    public async Task What_is_missing_is_told_with_what_makes_it()
    {
        var site = new Site(shared.Server);
        await using var administration = new PostgresAdministration(site.Configuration);
        await administration.EnsureRoleAsync(site.Role, site.Password, [], Site.Token);
        var database = DatabaseOf(site, TimeProvider.System);

        await FailsAsync(DatabaseFailureKind.NoDatabase);
        await administration.EnsureDatabaseAsync(site.Database, site.Configuration.User, Site.Token);
        await FailsAsync(DatabaseFailureKind.NotInitialized);
        await using (var schema = new ClusterSchema(site.Configuration, AdministratorOf(site)))
        {
            (await schema.EnsureAsync(Site.Token)).Should().BeNull();
        }

        await FailsAsync(DatabaseFailureKind.Rights);

        async Task FailsAsync(DatabaseFailureKind kind)
        {
            var look = await database.LookAsync("redb", "self", s_fresh, Site.Token);
            look.Failure!.Kind.Should().Be(kind, look.Failure.ToString());
            look.Failure.Next.Should().Contain("redb-supervisor --initialize");
        }
    }

    [Fact]
    public async Task A_wrong_password_and_a_server_that_is_away_are_told_apart()
    {
        var site = await MadeAsync();
        site.Password = "wrong";

        var refused = await DatabaseOf(site, TimeProvider.System).LookAsync("redb", "self", s_fresh, Site.Token);
        var away = await new ClusterDatabase(
            new(),
            ConnectionOf(site) with
            {
                Port = 1,
            },
            "",
            TimeProvider.System
        ).LookAsync("redb", "self", s_fresh, Site.Token);

        refused.Failure!.Kind.Should().Be(DatabaseFailureKind.Credentials);
        refused.Failure.Next.Should().Contain("REDB_CLUSTER_PASSWORD");
        away.Failure!.Kind.Should().Be(DatabaseFailureKind.Unreachable);
        away.Failure.Next.Should().Contain("cluster.connection");
    }

    private async Task<Site> MadeAsync()
    {
        var site = new Site(shared.Server);
        await using var administration = new PostgresAdministration(site.Configuration);
        (await administration.EnsureRoleAsync(site.Role, site.Password, [], Site.Token)).Should().BeNull();
        (await administration.EnsureDatabaseAsync(site.Database, site.Configuration.User, Site.Token))
            .Should()
            .BeNull();
        await using var schema = new ClusterSchema(site.Configuration, AdministratorOf(site));
        (await schema.EnsureAsync(Site.Token)).Should().BeNull();
        (await schema.GrantAsync(site.Role, Site.Token)).Should().BeNull();
        (await schema.GrantAsync(site.Role, Site.Token)).Should().BeNull("a second time changes nothing");
        return site;
    }

    private static async Task WriteAsync(PostgresPort port, string rows) => (
            await port.DoAsync(
                "rows",
                async connection =>
                {
                    await connection.ExecuteAsync(
                        $"""
                        INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('redb'), ('other');
                        INSERT INTO OrleansMembershipTable
                            (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
                        SELECT cluster, '10.0.0.1', port, 1, name, 'h', status, 1, now() - interval '1 hour', now() - age * interval '1 second'
                        FROM (VALUES {rows}) AS row (cluster, port, name, status, age)
                        """,
                        Site.Token
                    );
                    return null;
                },
                Site.Token
            )
        ).Should().BeNull();

    private static async Task<(IReadOnlyList<string> States, int Version)> ReadAsync(PostgresPort port)
    {
        var read = await port.AskAsync<(IReadOnlyList<string>, int)>(
            "rows",
            async connection =>
                (
                    await connection.RowsAsync(
                        "SELECT SiloName || ' ' || Status FROM OrleansMembershipTable ORDER BY Port",
                        row => row.GetString(0),
                        Site.Token
                    ),
                    (int)
                        (
                            await connection.ScalarAsync(
                                "SELECT Version FROM OrleansMembershipVersionTable WHERE DeploymentId = 'redb'",
                                Site.Token
                            )
                        )!
                ),
            Site.Token
        );
        return read.Value;
    }

    private static PostgresLogin AdministratorOf(Site site) =>
        PostgresLogin.Administrator(site.Configuration) with
        {
            Database = site.Database,
        };

    private static ClusterConnectionConfiguration ConnectionOf(Site site) =>
        new()
        {
            Host = site.Configuration.Host,
            Port = site.Configuration.Port,
            User = site.Role,
            Database = site.Database,
        };

    private static ClusterDatabase DatabaseOf(Site site, TimeProvider time) =>
        new(site.Configuration, ConnectionOf(site), site.Password, time);
}
