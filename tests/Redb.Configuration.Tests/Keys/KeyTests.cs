using System.Text.Json;
using Redb.Configuration.Keys;

namespace Redb.Configuration.Tests.Keys;

/// <summary>Keeps the table of keys and the model in step.</summary>
public sealed class KeyTests
{
    // One value for each key that is not its default.
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["supervisor.port"] = "50500",
        ["supervisor.bind_address"] = "\"::1\"",
        ["supervisor.data_dir"] = "data",
        ["supervisor.health_check_interval"] = "5s",
        ["supervisor.heartbeat_timeout"] = "20s",
        ["supervisor.shutdown_timeout"] = "2m",
        ["database.name"] = "other",
        ["database.provider"] = "embedded",
        ["database.user"] = "other",
        ["database.postgres.host"] = "db",
        ["database.postgres.port"] = "5433",
        ["database.postgres.tls"] = "verify-full",
        ["database.postgres.ca"] = "ca.pem",
        ["database.postgres.admin_user"] = "admin",
        ["database.postgres.admin_database"] = "main",
        ["database.postgres.connect_timeout"] = "2s",
        ["database.postgres.command_timeout"] = "2m",
        ["logging.level"] = "debug",
        ["logging.retention_days"] = "7",
        ["logging.max_size_mb"] = "1024",
        ["logging.max_files"] = "5",
        ["license.distribution"] = "enterprise",
        ["global.multi_tenancy.mode"] = "multi-tenant",
        ["global.multi_tenancy.default_tenant_id"] = "t",
        ["global.multi_tenancy.default_tenant_name"] = "T",
        ["global.multi_tenancy.default_tenant_url"] = "t",
        ["keyring.backend"] = "system",
        ["keyring.path"] = "./keys.json",
        ["keyring.master_key"] = "hidden",
        ["keyring.service_name"] = "other",
        ["keyring.lock_timeout"] = "3s",
        ["keyring.system_timeout"] = "2s",
        ["instance_group.group_id"] = "two",
        ["instance_group.port_offset"] = "-100",
        ["instance_group.offset_external_ports"] = "no",
        ["cluster.provider"] = "postgres",
        ["cluster.host_name"] = "north",
        ["cluster.advertised_address"] = "127.0.0.2",
        ["cluster.silo_port"] = "11111",
        ["cluster.gateway_port"] = "30000",
        ["cluster.directory"] = "shared",
        ["cluster.connection.host"] = "db",
        ["cluster.connection.port"] = "5433",
        ["cluster.connection.database"] = "other",
        ["cluster.connection.user"] = "other",
        ["cluster.connection.timeout"] = "5s",
        ["cluster.failure_detection"] = "fast",
        ["cluster.restart_delay"] = "10s",
        ["cluster.restart_max_delay"] = "2m0s",
        ["cluster.join_patience"] = "0s",
        ["cluster.join_max_delay"] = "0s",
        ["cluster.insecure"] = "true",
        ["cluster.tls.ca"] = "ca.pem",
        ["cluster.tls.certificate"] = "host.pem",
        ["cluster.tls.key"] = "host.key",
        ["mesh.name"] = "blue",
        ["mesh.auto_join"] = "true",
        ["mesh.min_peers"] = "2",
        ["mesh.renew_interval"] = "1s",
        ["mesh.silent_after"] = "9s",
        ["mesh.verify_interval"] = "3s",
        ["mesh.connect_timeout"] = "4s",
        ["mesh.claim_timeout"] = "3s",
        ["initialization.timeout"] = "7m",
        ["initialization.step_timeout"] = "70s",
        ["services.core.enabled"] = "true",
        ["services.core.required"] = "true",
        ["services.core.executable"] = "./core",
        ["services.core.args"] = "[--port=50055, --verbose]",
        ["services.core.environment"] = "{NUMBER: 5, FLAG: true, NOTHING: }",
        ["services.core.working_directory"] = "work",
        ["services.core.dependencies"] = "[{service: core, on_lost: hold}]",
        ["services.core.config"] = "{a.b: 5}",
        ["services.core.external_port"] = "10001",
        ["services.core.rest_api_port"] = "8080",
        ["services.core.restart.policy"] = "on-failure",
        ["services.core.restart.initial_delay"] = "2s",
        ["services.core.restart.max_delay"] = "5m",
        ["services.core.restart.factor"] = "1.5",
        ["services.core.restart.jitter"] = "0",
        ["services.core.restart.stable_after"] = "0",
        ["services.core.restart.max_failures"] = "9",
        ["services.core.stop.signal"] = "INT",
        ["services.core.stop.grace"] = "0s",
        ["services.core.resources.max_memory_mb"] = "512",
        ["services.core.resources.max_cpu_percent"] = "200",
        ["services.core.resources.max_open_files"] = "4096",
        ["services.core.resources.max_tasks"] = "100",
        ["services.core.log.path"] = "core.log",
        ["services.core.log.max_size_mb"] = "1",
        ["services.core.log.retention_days"] = "1",
        ["services.core.log.max_files"] = "1",
    };

    private static readonly Dictionary<string, string> ProbeValues = new(StringComparer.Ordinal)
    {
        ["kind"] = "exec",
        ["interval"] = "7s",
        ["timeout"] = "7s",
        ["failure_threshold"] = "7",
        ["success_threshold"] = "7",
        ["port"] = "7",
        ["host"] = "localhost",
        ["path"] = "/ready",
        ["service"] = "s",
        ["command"] = "[true]",
    };

    public static TheoryData<string> Paths => [.. Leaves(RootSection.Section, "")];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_key_reaches_the_configuration(string path)
    {
        var without = Read("services.core", "{}");

        var with = Read(path, ValueOf(path));

        with.Should().NotBe(without, "{0} changes something", path);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_key_shows_its_origin(string path)
    {
        var result = ConfigurationReader.Read(Given.File(Write(path, ValueOf(path))));

        var value = result.Effective.Should().ContainSingle(value => value.Path == path).Which;
        value.Origin.Should().Be(ValueOrigin.File);
        value.Source.Should().MatchRegex("^config.yaml:[0-9]+:[0-9]+$");
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_key_written_with_nothing_behind_it_keeps_its_default(string path)
    {
        if (path is "database.name")
        {
            return;
        }

        Read(path, "")
            .Should()
            .Be(
                Read(
                    path.StartsWith("services.", StringComparison.Ordinal) ? "services.core" : path,
                    path.StartsWith("services.", StringComparison.Ordinal) ? "{}" : "~"
                )
            );
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void No_key_takes_a_value_of_another_form(string path)
    {
        var isCollection = ValueOf(path)[0] is '[' or '{';

        var problems = Given.Problems(Write(path, isCollection ? "text" : "[{a: [b]}]"));

        problems.Should().Contain(problem => problem.Contains($": {path}: must be ", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_key_has_a_meaning_in_words() =>
        RootSection.Section.Keys.Should().OnlyContain(key => key.Summary.EndsWith('.') && key.Summary.Length > 5);

    private static string ValueOf(string path) =>
        path.Contains(".probes.", StringComparison.Ordinal) ? ProbeValues[path.Split('.')[^1]] : Values[path];

    private static IEnumerable<string> Leaves(Section section, string path) =>
        section.Keys.SelectMany(key =>
            key switch
            {
                SectionKey below => Leaves(below.Section, $"{path}{key.Name}."),
                NamedSectionsKey named => Leaves(named.Section, $"{path}{key.Name}.core."),
                _ => [$"{path}{key.Name}"],
            }
        );

    private static string Read(string path, string value)
    {
        var result = ConfigurationReader.Read(Given.File(Write(path, value)));
        // A circle of one and a secret in the file are problems of their own; here they only show that the key was read.
        return JsonSerializer.Serialize(result.Configuration) + string.Join('\n', result.Problems);
    }

    private static string Write(string path, string value)
    {
        var name = path is "database.name" ? "" : "database:\n  name: redb\n";
        var text = new System.Text.StringBuilder(path.StartsWith("database.", StringComparison.Ordinal) ? "" : name);
        var parts = path.Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            text.Append(' ', 2 * i)
                .Append(parts[i])
                .Append(':')
                .Append(i == parts.Length - 1 ? $" {value}" : "")
                .Append('\n');
            if (i == 0 && name.Length > 0 && path.StartsWith("database.", StringComparison.Ordinal))
            {
                text.Append("  name: redb\n");
            }
        }

        return text.ToString();
    }
}
