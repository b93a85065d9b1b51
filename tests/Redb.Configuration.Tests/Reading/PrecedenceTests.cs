namespace Redb.Configuration.Tests.Reading;

public sealed class PrecedenceTests
{
    private const string Full =
        "database: {name: file, user: file}\nkeyring: {path: file, backend: file, service_name: file}\n"
        + "instance_group: {group_id: file}\nsupervisor: {port: 50100, data_dir: file}\n";

    [Fact]
    public void The_environment_wins_over_the_file()
    {
        var configuration = Given.Good(
            Full,
            ("REDB_DATABASE_NAME", "env"),
            ("REDB_DATABASE_USER", "env"),
            ("REDB_KEYRING_PATH", "env"),
            ("REDB_KEYRING_BACKEND", "auto"),
            ("REDB_KEYRING_PASSWORD", "env"),
            ("REDB_INSTANCE_GROUP_ID", "env")
        );

        (configuration.Database.Name, configuration.Database.User).Should().Be(("env", "env"));
        (configuration.Keyring.Path, configuration.Keyring.Backend, configuration.Keyring.MasterKey)
            .Should()
            .Be(("env", "auto", "env"));
        configuration.InstanceGroup.GroupId.Should().Be("env");
    }

    [Fact]
    public void An_empty_variable_says_nothing() =>
        Given.Good(Full, ("REDB_DATABASE_NAME", "")).Database.Name.Should().Be("file");

    [Fact]
    public void A_flag_wins_over_the_file()
    {
        var input = Given.File(Full) with
        {
            Flags = new() { Port = 50200, DataDirectory = "flag" },
        };

        var configuration = ConfigurationReader.Read(input).Configuration!;

        (configuration.Supervisor.Port, configuration.Supervisor.DataDirectory).Should().Be((50200, "/srv/flag"));
    }

    [Fact]
    public void PostgreSQL_for_initialization_comes_from_the_environment()
    {
        var database = Given
            .Good(
                Full,
                ("REDB_POSTGRES_USER", "admin"),
                ("REDB_POSTGRES_PASSWORD", "hidden"),
                ("REDB_POSTGRES_HOST", "db"),
                ("REDB_POSTGRES_PORT", "5433"),
                ("REDB_POSTGRES_DATABASE", "main")
            )
            .Database;

        database
            .Postgres.Should()
            .Be(
                new Redb.Abstractions.Configuration.PostgresConfiguration
                {
                    User = "admin",
                    Password = "hidden",
                    Host = "db",
                    Port = 5433,
                    Database = "main",
                }
            );
        database.ToString().Should().Contain("admin@db:5433/main").And.NotContain("hidden");
    }

    [Fact]
    public void A_bad_variable_is_named()
    {
        var problems = Given.Problems(Full, ("REDB_POSTGRES_PORT", "x"), ("REDB_KEYRING_BACKEND", "filé"));

        problems
            .Should()
            .Equal(
                "config.yaml: database.postgres.port: must be a whole number from 1 to 65535, was \"x\" (from REDB_POSTGRES_PORT)",
                "config.yaml: keyring.backend: must be auto, system or file, was \"filé\"; did you mean \"file\"? (from REDB_KEYRING_BACKEND)"
            );
    }

    [Fact]
    public void A_bad_flag_is_named()
    {
        var input = Given.File(Full) with { Flags = new() { Port = 70_000 } };

        Given
            .Problems(input)
            .Should()
            .Equal("config.yaml: supervisor.port: must be a whole number from 1 to 65535, was \"70000\" (from --port)");
    }

    [Fact]
    public void Every_value_tells_its_origin_and_no_secret()
    {
        var input = Given.File(
            Full
                + "services: {core: {args: [--token, abc, --password=abc, --port=50055], environment: {DB_PASSWORD: abc, NAME: core}}}\n",
            ("REDB_DATABASE_NAME", "env"),
            ("REDB_KEYRING_PASSWORD", "abc"),
            ("REDB_POSTGRES_PASSWORD", "abc")
        ) with
        {
            Flags = new() { Port = 50200 },
        };

        var effective = ConfigurationReader.Read(input).Effective.Select(value => value.ToString()).ToList();

        effective
            .Should()
            .Contain([
                "supervisor.port: 50200  # --port",
                "database.name: env  # REDB_DATABASE_NAME",
                "database.user: file  # config.yaml:1:30",
                "logging.level: info  # default",
                "keyring.master_key: ********  # REDB_KEYRING_PASSWORD",
                "database.postgres.admin_password: ********  # REDB_POSTGRES_PASSWORD",
                "services.core.args: [--token, ********, --password=********, --port=50055]  # config.yaml:5:25",
                "services.core.environment: {DB_PASSWORD: ********, NAME: core}  # config.yaml:5:84",
            ]);
        effective.Should().NotContain(line => line.Contains("abc", StringComparison.Ordinal));
    }

    [Fact]
    public void Built_in_dependencies_are_shown()
    {
        var input = Given.File(Given.Minimum + "services: {core: {enabled: true}, mesh: {enabled: true}}\n");

        ConfigurationReader
            .Read(input)
            .Effective.Should()
            .ContainSingle(value => value.Path == "services.core.dependencies")
            .Which.ToString()
            .Should()
            .Be("services.core.dependencies: [mesh]  # default");
    }

    [Fact]
    public void A_secret_in_the_file_is_warned_of()
    {
        var text = Given.Minimum + "keyring: {master_key: abc}\n";

        Given
            .Problems(text)
            .Should()
            .Equal(
                "config.yaml:2:23: warning: keyring.master_key: is a secret and does not belong in a file; set REDB_KEYRING_PASSWORD instead (everyone who reads the file can open the keyring)"
            );
        ConfigurationReader.Read(Given.File(text)).Configuration!.Keyring.MasterKey.Should().Be("abc");
    }

    [Fact]
    public void A_secret_in_the_file_is_warned_of_even_where_the_variable_wins() =>
        Given
            .Problems(Given.Minimum + "keyring: {master_key: abc}\n", ("REDB_KEYRING_PASSWORD", "x"))
            .Should()
            .ContainSingle()
            .Which.Should()
            .Contain("it is ignored here because the variable is set");
}
