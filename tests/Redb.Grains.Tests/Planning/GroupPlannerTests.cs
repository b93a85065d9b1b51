using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Probes;
using Redb.Grains.Planning;

namespace Redb.Grains.Tests.Planning;

public sealed class GroupPlannerTests
{
    private static readonly ServiceConfiguration Core = new()
    {
        Name = "core",
        Enabled = true,
        Executable = "./bin/redb-core",
        Arguments = ["--port=50055", "--supervisor=localhost:50000"],
    };

    [Fact]
    public void A_group_listens_on_its_port_moved_by_its_offset()
    {
        var plan = Plan(Core);

        plan.Key.Should().Be(new GroupKey("here", "blue"));
        plan.ListenPort.Should().Be(51000);
        plan.Endpoint.Should().Be("127.0.0.1:51000");
        (plan with { ListenAddress = "::1" }).Endpoint.Should().Be("[::1]:51000");
    }

    [Fact]
    public void Ports_in_arguments_move_and_the_executable_stays_as_it_is()
    {
        var order = Only(Core).Order;

        order.Executable.Should().Be("./bin/redb-core");
        order.Arguments.Should().Equal("--port=51055", "--supervisor=localhost:51000");
        order.Ports.Should().Equal(51055);
    }

    [Fact]
    public void Every_service_is_told_of_the_database_the_keyring_and_its_group() =>
        Only(Core)
            .Order.Environment.Should()
            .Contain(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["REDB_DATABASE_NAME"] = "redb_blue",
                    ["REDB_DATABASE_USER"] = "redb",
                    ["REDB_KEYRING_BACKEND"] = "file",
                    ["REDB_KEYRING_PATH"] = "/keys/redb.json",
                    ["REDB_KEYRING_PASSWORD"] = "master",
                    ["REDB_INSTANCE_GROUP_ID"] = "blue",
                }
            );

    [Fact]
    public void What_is_not_configured_leaves_the_inherited_variable_in_place()
    {
        var plain = Configuration(Core) with
        {
            Keyring = new() { Backend = "" },
            Database = new() { User = "" },
        };

        var environment = new GroupPlanner("here", "/srv").Plan(plain).Services[0].Order.Environment;

        environment
            .Keys.Should()
            .NotContain(["REDB_DATABASE_NAME", "REDB_DATABASE_USER", "REDB_KEYRING_BACKEND", "REDB_KEYRING_PATH"]);
    }

    [Theory]
    [InlineData(true, "9080", "11001")]
    [InlineData(false, "8080", "10001")]
    public void Outward_ports_are_in_the_environment_and_move_unless_the_group_says_no(
        bool moves,
        string rest,
        string external
    )
    {
        var service = Core with { RestApiPort = 8080, ExternalPort = 10001 };
        var configuration = Configuration(service);

        var environment = new GroupPlanner("here", "/srv")
            .Plan(
                configuration with
                {
                    InstanceGroup = configuration.InstanceGroup with { OffsetExternalPorts = moves },
                }
            )
            .Services[0]
            .Order.Environment;

        environment["REST_API_PORT"].Should().Be(rest);
        environment["EXTERNAL_PORT"].Should().Be(external);
    }

    [Fact]
    public void What_belongs_to_the_supervisor_alone_is_taken_away()
    {
        var environment = Only(Core).Order.Environment;

        environment.Should().Contain("REDB_POSTGRES_PASSWORD", null).And.Contain("NOTIFY_SOCKET", null);
        environment.Keys.Should().NotContain(["REST_API_PORT", "EXTERNAL_PORT"]);
    }

    [Fact]
    public void A_services_own_environment_wins()
    {
        var own = ImmutableDictionary<string, string>
            .Empty.Add("REDB_DATABASE_NAME", "mine")
            .Add("REST_API_PORT", "1")
            .Add("X", "y");

        var environment = Only(Core with { Environment = own, RestApiPort = 8080 }).Order.Environment;

        environment["REDB_DATABASE_NAME"].Should().Be("mine");
        environment["REST_API_PORT"].Should().Be("1");
        environment["X"].Should().Be("y");
    }

    [Fact]
    public void The_initial_configuration_says_which_group_and_how_far_its_ports_are_moved()
    {
        var service = Core with
        {
            Config = ImmutableDictionary<string, string>.Empty.Add("services.core.timeout", "30"),
        };

        Only(service)
            .InitialConfig.Where(setting => !setting.Key.StartsWith("global.", StringComparison.Ordinal))
            .Should()
            .BeEquivalentTo(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["services.core.timeout"] = "30",
                    ["instance_group.group_id"] = "blue",
                    ["instance_group.port_offset"] = "1000",
                }
            );
    }

    [Theory]
    [InlineData("", "/var/lib/redb/logs/core.log")]
    [InlineData("/var/log/core.log", "/var/log/core.log")]
    [InlineData("logs/core.log", "/srv/logs/core.log")]
    public void A_log_lies_in_the_data_folder_unless_its_service_says_where(string path, string expected) =>
        Only(Core with { Log = new() { Path = path } }).Order.LogFile.Should().Be(expected);

    [Fact]
    public void A_relative_data_folder_means_the_supervisors_working_directory()
    {
        var configuration = Configuration(Core) with { Supervisor = new() { DataDirectory = "data" } };

        var plan = new GroupPlanner("here", "/srv/").Plan(configuration);

        plan.Services[0].Order.LogFile.Should().Be("/srv/data/logs/core.log");
    }

    [Fact]
    public void Rotation_is_the_groups_where_the_service_says_nothing()
    {
        var log = new ServiceLogConfiguration { RetentionDays = 7 };

        Only(Core).LogRotation.Should().Be(new LogRotationPlan(64 * 1024 * 1024, 30, 20));
        Only(Core with { Log = log }).LogRotation.Should().Be(new LogRotationPlan(64 * 1024 * 1024, 7, 20));
        Only(
            Core with
            {
                Log = new() { MaxSizeMb = 0, MaxFiles = 3 },
            }
        )
            .LogRotation.Should()
            .Be(new LogRotationPlan(0, 30, 3));
    }

    [Fact]
    public void All_ports_a_service_will_listen_on_are_checked_once_each() =>
        Only(
            Core with
            {
                Arguments = ["--grpc-bind=127.0.0.1:50056", "--port", "50056", "--listen=0.0.0.0:10001"],
                ExternalPort = 10001,
                RestApiPort = 8080,
            }
        )
            .Order.Ports.Should()
            .BeEquivalentTo([51056, 11001, 9080]);

    [Theory]
    [InlineData("--port=50055", "127.0.0.1")]
    [InlineData("--grpc-bind=0.0.0.0:50056", "127.0.0.1")]
    [InlineData("--grpc-bind=127.0.0.2:50056", "127.0.0.2")]
    [InlineData("--grpc-bind=[::]:50056", "::1")]
    [InlineData("--grpc-bind=[fd00::7]:50056", "fd00::7")]
    public void A_service_is_asked_where_it_listens_or_on_loopback(string argument, string expected) =>
        Only(Core with { Arguments = [argument] }).Host.Should().Be(expected);

    [Fact]
    public void A_service_without_a_port_has_none()
    {
        var plan = Only(Core with { Arguments = ["--verbose"] });

        plan.Port.Should().BeNull();
        plan.PortOf(new()).Should().Be(0);
        plan.PortOf(new() { Port = 9000 }).Should().Be(10000);
    }

    [Fact]
    public void Only_a_run_that_is_asked_to_notify_gets_a_socket_for_it()
    {
        var notifying = Core with { Probes = new() { Readiness = new() { Kind = ProbeKind.Notify } } };

        Only(notifying).Order.Notify.Should().BeTrue();
        Only(Core).Order.Notify.Should().BeFalse();
    }

    [Fact]
    public void A_disabled_service_is_planned_and_is_not_in_the_graph()
    {
        var plan = Plan(Core with { Enabled = false });

        plan.Services.Should().ContainSingle();
        plan.ToGraph().Order.Should().BeEmpty();
    }

    [Fact]
    public void A_host_finds_its_groups_and_services_by_key()
    {
        var host = new HostPlan("here", [Plan(Core)]);

        host.FindGroup(new("here", "blue"))!.PortOffset.Should().Be(1000);
        host.FindService(new("here", "blue", "core"))!.Port.Should().Be(51055);
        host.FindGroup(new("there", "blue")).Should().BeNull();
        host.FindService(new("here", "blue", "ghost")).Should().BeNull();
    }

    private static ServicePlan Only(ServiceConfiguration service) => Plan(service).Services[0];

    private static GroupPlan Plan(ServiceConfiguration service) =>
        new GroupPlanner("here", "/srv").Plan(Configuration(service));

    private static RedbConfiguration Configuration(ServiceConfiguration service) =>
        new()
        {
            InstanceGroup = new() { GroupId = "blue", PortOffset = 1000 },
            Supervisor = new() { DataDirectory = "/var/lib/redb" },
            Database = new() { Name = "redb_blue" },
            Logging = new() { MaxSizeMb = 64, RetentionDays = 30 },
            Keyring = new()
            {
                Backend = "file",
                Path = "/keys/redb.json",
                MasterKey = "master",
            },
            Services = [service],
        };
}
