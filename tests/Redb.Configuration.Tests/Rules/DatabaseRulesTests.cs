using Redb.Abstractions.Configuration;

namespace Redb.Configuration.Tests.Rules;

public sealed class DatabaseRulesTests
{
    [Fact]
    public void Where_PostgreSQL_is_can_stand_in_the_file()
    {
        var postgres = Given
            .Good(
                "database: {name: redb, postgres: {host: db, port: 5433, tls: verify-full, ca: ca.pem, admin_user: root, admin_database: main, connect_timeout: 15m, command_timeout: 1s}}\n"
            )
            .Database.Postgres;

        postgres
            .Should()
            .Be(
                new PostgresConfiguration
                {
                    Host = "db",
                    Port = 5433,
                    Tls = PostgresTls.VerifyFull,
                    Ca = "/srv/ca.pem",
                    User = "root",
                    Database = "main",
                    ConnectTimeout = TimeSpan.FromMinutes(15),
                    CommandTimeout = TimeSpan.FromSeconds(1),
                }
            );
    }

    [Fact]
    public void A_file_that_says_nothing_of_it_means_auto_on_this_machine()
    {
        var database = Given.Good(Given.Minimum).Database;

        database.Provider.Should().Be(DatabaseProvider.Auto);
        (database.Postgres.Host, database.Postgres.Port, database.Postgres.Tls)
            .Should()
            .Be(("localhost", 5432, PostgresTls.Prefer));
    }

    [Theory]
    [InlineData(
        "provider: postgre",
        "database.provider: must be auto, postgres or embedded, was \"postgre\"; did you mean \"postgres\"?"
    )]
    [InlineData(
        "postgres: {tls: on}",
        "database.postgres.tls: must be prefer, disable, require, verify-ca or verify-full, was \"on\""
    )]
    [InlineData("postgres: {port: 0}", "database.postgres.port: must be a whole number from 1 to 65535, was \"0\"")]
    [InlineData(
        "postgres: {connect_timeout: 16m}",
        "database.postgres.connect_timeout: must be a duration from 1s to 15m0s, such as 30s or 1m30s, was 16m"
    )]
    [InlineData(
        "postgres: {admin_password: x}",
        "database.postgres.admin_password: unknown key; allowed here: host, port, tls, ca, admin_user, admin_database, connect_timeout, command_timeout"
    )]
    [InlineData(
        "postgres: {ca: ca.pem}",
        "warning: database.postgres.ca: has no effect: database.postgres.tls must be verify-ca or verify-full for the server's certificate to be checked"
    )]
    [InlineData(
        "provider: embedded, postgres: {host: db}",
        "warning: database.postgres: has no effect: database.provider is embedded"
    )]
    public void What_makes_no_sense_is_said(string settings, string problem) =>
        Given
            .Problems($"database: {{name: redb, {settings}}}\n")
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith(problem);
}
