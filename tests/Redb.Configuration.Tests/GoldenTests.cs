namespace Redb.Configuration.Tests;

public sealed class GoldenTests
{
    [Fact]
    public void All_that_is_wrong_with_a_file_is_said_at_once()
    {
        const string Text = """
            supervisor:
              prot: 50000
              bind_address: localhost
              health_check_interval: 10
              heartbeat_timeout: soon
            databse:
              name: redb
            logging:
              level: verbose
              max_files: "5"
              max_files: 6
            instance_group:
              group_id: not ok
              port_offset: 1e3
            services:
              core:
                enabled: maybe
                args: --port=50055
                restart:
                  policy: sometimes
                  factor: .nan
                stop: SIGTERM
                environment: [A, B]
              mesh:
                enabled: true
                executable: ./redb-mesh
                args: [--grpc-bind=127.0.0.1:50056, --port=x, "--listen=0.0.0.0:50000"]
                dependencies: [cores, {service: mesh, on_lst: hold}]
                probes:
                  readiness: {kind: ping}
                config: {a: 5}
              mesh: {}
              "b d": {}
            """;

        var problems = Given.Problems(Given.File(Text) with { Dev = false });

        string.Join('\n', problems).Should().Be(Expected);
    }

    private const string Expected = """
        config.yaml:1:1: database.name: is required: a PostgreSQL name: a letter or _, then letters, digits, _ or -, at most 63 characters; REDB_DATABASE_NAME sets it as well
        config.yaml:2:3: supervisor.prot: unknown key; did you mean "port"? Allowed here: port, bind_address, data_dir, health_check_interval, heartbeat_timeout, shutdown_timeout
        config.yaml:3:17: supervisor.bind_address: must be a numeric IP address such as 127.0.0.1 or ::1, was "localhost"
        config.yaml:4:26: supervisor.health_check_interval: "10" has no unit after 10; write it as 10s, or with ns, us, ms, m or h
        config.yaml:5:22: supervisor.heartbeat_timeout: "soon" is not a duration; write one such as 30s, 1m30s or 500ms
        config.yaml:6:1: databse: unknown key; did you mean "database"? Allowed here: supervisor, database, logging, license, global, keyring, initialization, instance_group, cluster, mesh, services
        config.yaml:9:10: logging.level: must be debug, info, warn or error, was "verbose"
        config.yaml:10:14: logging.max_files: must be a number; write 5 without quotes
        config.yaml:11:3: logging.max_files: is written twice; the first is in line 10
        config.yaml:13:13: instance_group.group_id: must be 1 to 63 letters, digits, - or _, was "not ok"
        config.yaml:14:16: instance_group.port_offset: must be a whole number from -65535 to 65535, was "1e3"
        config.yaml:17:14: services.core.enabled: must be true or false, was "maybe"
        config.yaml:18:11: services.core.args: must be a list of text, not a single value
        config.yaml:20:15: services.core.restart.policy: must be always, on-failure or never, was "sometimes"
        config.yaml:21:15: services.core.restart.factor: must be a number from 1 to 100, was ".nan"
        config.yaml:22:11: services.core.stop: must be a set of keys (signal, grace), not a single value
        config.yaml:23:18: services.core.environment: must be a set of names with text values, not a list
        config.yaml:26:17: services.mesh.executable: "./redb-mesh" does not exist; looked for /srv/redb-mesh
        config.yaml:27:51: services.mesh.args[2]: port 50000 is already used by supervisor.port (by default)
        config.yaml:28:20: services.mesh.dependencies[0]: no service is called "cores"; did you mean "core"?
        config.yaml:28:27: services.mesh.dependencies[1]: services wait for each other: mesh -> mesh (services.mesh.dependencies[1] in line 28)
        config.yaml:28:43: services.mesh.dependencies[1].on_lst: unknown key; did you mean "on_lost"? Allowed here: service, on_lost
        config.yaml:30:25: services.mesh.probes.readiness.kind: must be none, heartbeat, grpc, controller, http, tcp, exec or notify, was "ping"
        config.yaml:31:17: warning: services.mesh.config.a: must be in quotes: the mesh reads this file itself and ignores all of it over a value that is not a string
        config.yaml:32:3: services.mesh: is written twice; the first is in line 24
        config.yaml:33:3: services.b d: the name must be 1 to 63 letters, digits, -, _ or ., a letter or digit first, was "b d"
        """;
}
