using System.Net.Sockets;
using Redb.Abstractions.Configuration;
using Redb.Database.Failures;
using Redb.Database.Postgres;
using Redb.Database.Tests.Kit;

namespace Redb.Database.Tests.Postgres;

public sealed class AdministrationTests(SharedServer shared)
{
    public static TheoryData<string, string> HostileNames =>
        new()
        {
            { "a\"b", "it's" },
            { "x'; DROP DATABASE postgres; --", "$$ $1 \\ ' \" ; --" },
            { "Größe 数据", "пароль $body$ é" },
            { "select", "!@#$%^&*" },
        };

    [Fact]
    public async Task An_administrator_sees_what_it_may()
    {
        await using var administration = new Site(shared.Server).Administration();

        var facts = await administration.ReachAsync(Site.Token);

        facts.Failure.Should().BeNull();
        facts
            .Value.Should()
            .Match<ServerFacts>(found => found.IsSuperuser && found.MayCreateRoles && found.MayCreateDatabases);
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task Names_and_passwords_are_what_they_are_whatever_is_in_them(string name, string password)
    {
        var site = new Site(shared.Server)
        {
            Database = $"{name} db",
            Role = $"{name} role",
            Password = password,
        };

        (await site.PrepareAsync()).Should().BeNull();

        (await site.RunAsync("SELECT current_user || '/' || current_database()"))
            .Should()
            .Be($"{site.Role}/{site.Database}");
        (
            await PostgresRole.HasPasswordAsync(
                site.Configuration,
                site.Login with
                {
                    Password = password + "x",
                },
                Site.Token
            )
        )
            .Value.Should()
            .BeFalse();
    }

    [Fact]
    public async Task No_password_is_in_a_statement()
    {
        ScramVerifier
            .Of("pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="))
            .Should()
            .Be(
                "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
            );
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_password_can_be_set_again_and_the_old_one_is_of_no_use_then()
    {
        var site = new Site(shared.Server);
        (await site.PrepareAsync()).Should().BeNull();
        var old = site.Login;
        site.Password = "second";

        (await site.PrepareAsync()).Should().BeNull();

        (await PostgresRole.HasPasswordAsync(site.Configuration, site.Login, Site.Token)).Value.Should().BeTrue();
        (await PostgresRole.HasPasswordAsync(site.Configuration, old, Site.Token)).Value.Should().BeFalse();
    }

    [Fact]
    public async Task The_role_of_another_instance_keeps_its_password()
    {
        var other = new Site(shared.Server);
        (await other.PrepareAsync()).Should().BeNull();
        var site = new Site(shared.Server) { Role = other.Role, Password = "stolen" };

        var failure = await site.PrepareAsync();

        failure!
            .ToString()
            .Should()
            .Be(
                $"role {other.Role} cannot be created or given its password: it belongs to another instance, with database {other.Database}\n  give this node a role of its own: choose another database.user"
            );
        (await PostgresRole.HasPasswordAsync(other.Configuration, other.Login, Site.Token)).Value.Should().BeTrue();
    }

    [Fact]
    public async Task The_administrator_is_no_role_for_a_node()
    {
        var failure = await new Site(shared.Server) { Role = "postgres" }.PrepareAsync();

        failure!.Cause.Should().Be("it is an administrator, whose password others rely on");
    }

    [Fact]
    public async Task A_name_that_PostgreSQL_would_cut_off_is_refused()
    {
        var failure = await new Site(shared.Server) { Role = new('r', 64) }.PrepareAsync();

        failure!.Cause.Should().Be("a name has 1 to 63 bytes, and none of them is 0");
    }

    [Fact]
    public async Task An_administrator_that_is_no_superuser_will_do()
    {
        var site = await LimitedAsync("CREATEROLE CREATEDB");

        (await site.InitializeAsync()).Should().BeNull();
        (await site.InitializeAsync()).Should().BeNull();
    }

    [Fact]
    public async Task An_administrator_without_rights_is_told_which_one_is_missing()
    {
        var site = await LimitedAsync("");

        var failure = await site.PrepareAsync();

        failure!.Kind.Should().Be(DatabaseFailureKind.Rights);
        failure
            .ToString()
            .Should()
            .Be(
                $"role {site.Role} cannot be created or given its password (PostgreSQL at 127.0.0.1:{shared.Server.Port}): permission denied to create role (SQLSTATE 42501)\n  give that role the right, or set REDB_POSTGRES_USER and REDB_POSTGRES_PASSWORD to one that has it"
            );
        await using var administration = site.Administration();
        (await administration.ReachAsync(Site.Token)).Value.MayCreateRoles.Should().BeFalse();
    }

    [Fact]
    public async Task A_wrong_password_is_said()
    {
        var failure = await ReachAsync(configuration => configuration with { Password = "wrong" });

        failure.Kind.Should().Be(DatabaseFailureKind.Credentials);
        failure
            .ToString()
            .Should()
            .Be(
                $"PostgreSQL cannot be reached as postgres (PostgreSQL at 127.0.0.1:{shared.Server.Port}): password authentication failed for user \"postgres\" (SQLSTATE 28P01)\n  set REDB_POSTGRES_USER and REDB_POSTGRES_PASSWORD to an administrator of that server; its pg_hba.conf says from where it lets whom in"
            );
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_said()
    {
        var failure = await ReachAsync(configuration => configuration with { Port = 1 });

        failure.Kind.Should().Be(DatabaseFailureKind.Unreachable);
        failure.Cause.Should().Be("connection refused, nothing listens there");
    }

    [Fact]
    public async Task A_host_that_nobody_knows_is_said()
    {
        var failure = await ReachAsync(configuration => configuration with { Host = "nowhere.invalid" });

        failure.Kind.Should().Be(DatabaseFailureKind.UnknownHost);
    }

    [Fact]
    public async Task A_server_without_TLS_is_said()
    {
        var failure = await ReachAsync(configuration => configuration with { Tls = PostgresTls.Require });

        failure.Kind.Should().Be(DatabaseFailureKind.Tls);
        failure.Cause.Should().Be("the server does not speak TLS");
    }

    [Fact]
    public async Task A_server_that_takes_connections_and_says_nothing_is_not_waited_for_beyond_the_bound()
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var port = ((System.Net.IPEndPoint)silent.LocalEndpoint).Port;

        var failure = await ReachAsync(configuration =>
            configuration with
            {
                Port = port,
                ConnectTimeout = TimeSpan.FromSeconds(1),
            }
        );

        failure.Kind.Should().Be(DatabaseFailureKind.TimedOut);
    }

    [Fact]
    public async Task Variables_of_libpq_change_nothing()
    {
        Environment.SetEnvironmentVariable("PGOPTIONS", "-c default_transaction_read_only=on");
        try
        {
            var site = await shared.InitializedAsync();

            (await site.RunAsync("SHOW default_transaction_read_only")).Should().Be("off");
        }
        finally
        {
            Environment.SetEnvironmentVariable("PGOPTIONS", null);
        }
    }

    private async Task<DatabaseFailure> ReachAsync(Func<PostgresConfiguration, PostgresConfiguration> change)
    {
        await using var administration = new PostgresAdministration(change(new Site(shared.Server).Configuration));
        var answer = await administration.ReachAsync(Site.Token);
        answer.IsGood.Should().BeFalse();
        return answer.Failure!;
    }

    private async Task<Site> LimitedAsync(string rights)
    {
        var site = new Site(shared.Server);
        await using var source = PostgresConnections.Open(
            site.Configuration,
            PostgresLogin.Administrator(site.Configuration)
        );
        await using var command = source.CreateCommand(
            $"CREATE ROLE {site.Role}_admin LOGIN PASSWORD 'limited' {rights}"
        );
        await command.ExecuteNonQueryAsync(Site.Token);
        return new(shared.Server)
        {
            Configuration = site.Configuration with { User = $"{site.Role}_admin", Password = "limited" },
        };
    }
}
