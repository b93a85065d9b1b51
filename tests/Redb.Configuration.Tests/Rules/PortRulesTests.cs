using Redb.Abstractions.Configuration;

namespace Redb.Configuration.Tests.Rules;

public sealed class PortRulesTests
{
    [Theory]
    [InlineData("args: [--port=0]", "args[0]: port 0 must be 1 to 65535")]
    [InlineData("args: [--port, \"70000\"]", "args[1]: port 70000 must be 1 to 65535")]
    [InlineData("args: [\"--supervisor=localhost:65536\"]", "args[0]: port 65536 must be 1 to 65535")]
    [InlineData("external_port: 65536", "external_port: must be a whole number from 0 to 65535, was \"65536\"")]
    [InlineData("rest_api_port: -1", "rest_api_port: must be a whole number from 0 to 65535, was \"-1\"")]
    public void A_port_out_of_range_is_a_problem(string body, string problem) =>
        Given
            .Problems(Given.Service(body))
            .Should()
            .Contain(shown => shown.EndsWith($" services.core.{problem}", StringComparison.Ordinal));

    [Theory]
    [InlineData(
        "args: [--port=60000]",
        "args[0]: port 70000 must be 1 to 65535 (it is 60000 with instance_group.port_offset 10000)"
    )]
    [InlineData(
        "args: [\"--listen=[::]:60000\"]",
        "args[0]: port 70000 must be 1 to 65535 (it is 60000 with instance_group.port_offset 10000)"
    )]
    [InlineData(
        "external_port: 60000",
        "external_port: port 70000 must be 1 to 65535 (it is 60000 with instance_group.port_offset 10000)"
    )]
    [InlineData(
        "rest_api_port: 60000",
        "rest_api_port: port 70000 must be 1 to 65535 (it is 60000 with instance_group.port_offset 10000)"
    )]
    [InlineData(
        "probes: {readiness: {kind: tcp, port: 60000}, startup: {kind: none}}",
        "probes.readiness.port: port 70000 must be 1 to 65535 (it is 60000 with instance_group.port_offset 10000)"
    )]
    public void A_port_moved_out_of_range_is_a_problem(string body, string problem) =>
        Given
            .Problems(Given.Service(body) + "instance_group: {port_offset: 10000}\n")
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith($" services.core.{problem}");

    [Fact]
    public void The_supervisors_port_moves_too() =>
        Given
            .Problems(Given.Minimum + "instance_group: {port_offset: -50000}\n")
            .Should()
            .Equal(
                "config.yaml:1:1: supervisor.port: port 0 must be 1 to 65535 (it is 50000 with instance_group.port_offset -50000)"
            );

    [Fact]
    public void External_ports_that_stay_are_checked_as_they_are() =>
        Given
            .Good(
                Given.Service("external_port: 60001")
                    + "instance_group: {port_offset: 10000, offset_external_ports: false}\n"
            )
            .Services[0]
            .ExternalPort.Should()
            .Be(60001);

    [Theory]
    [InlineData("[--port=50000]", "port 50000 is already used by supervisor.port (by default)")]
    [InlineData("[\"--grpc-bind=127.0.0.1:50001\"]", "port 50001 is already used by services.first.args[0] in line 3")]
    [InlineData("[--listen, \"0.0.0.0:50001\"]", "port 50001 is already used by services.first.args[0] in line 3")]
    [InlineData("[\"--listen=[::]:8080\"]", "port 8080 is already used by services.first.rest_api_port in line 3")]
    public void A_port_used_twice_names_both_places(string arguments, string problem)
    {
        var text =
            $"{Given.Minimum}services:\n  first: {{enabled: true, args: [--port=50001], rest_api_port: 8080}}\n  second: {{enabled: true, args: {arguments}}}\n";

        Given
            .Problems(text)
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("config.yaml:4:")
            .And.Contain(": services.second.args[")
            .And.EndWith(problem);
    }

    [Fact]
    public void Ports_meet_after_the_offset()
    {
        var text =
            $"{Given.Minimum}instance_group: {{port_offset: 10, offset_external_ports: false}}\n"
            + "services:\n  a: {enabled: true, args: [--port=8070]}\n  b: {enabled: true, rest_api_port: 8080}\n";

        Given
            .Problems(text)
            .Should()
            .Equal(
                "config.yaml:5:37: services.b.rest_api_port: port 8080 is already used by services.a.args[0] in line 4"
            );
    }

    [Fact]
    public void The_port_of_a_mesh_that_is_announced_is_the_one_it_listens_on() =>
        Given
            .Good(
                Given.Service(
                    "args: [\"--grpc-bind=127.0.0.1:50056\", \"--listen=0.0.0.0:10001\"], external_port: 10001, config: {services.mesh.external_port: \"10001\"}",
                    "mesh"
                )
            )
            .Services[0]
            .ExternalPort.Should()
            .Be(10001);

    [Fact]
    public void A_service_that_takes_no_part_uses_no_port() =>
        Given
            .Good($"{Given.Minimum}services: {{a: {{args: [--port=50000]}}, b: {{args: [--port=50000]}}}}\n")
            .Services.Should()
            .HaveCount(2);

    [Fact]
    public void Different_addresses_share_a_port() =>
        Given
            .Good($"{Given.Minimum}services: {{a: {{enabled: true, args: [\"--grpc-bind=127.0.0.2:50000\"]}}}}\n")
            .Services.Should()
            .ContainSingle();

    [Fact]
    public void A_supervisor_somewhere_else_is_warned_of() =>
        Given
            .Problems(Given.Service("args: [\"--supervisor=localhost:50000\"]") + "supervisor: {port: 50500}\n")
            .Should()
            .Equal(
                "config.yaml:3:32: warning: services.core.args[0]: names port 50000, but the supervisor's (supervisor.port) is 50500"
            );

    [Fact]
    public void Two_files_may_not_share_a_group_or_a_port()
    {
        var set = ConfigurationReader.ReadFiles([
            Named("one.yaml", "a", 0, "x"),
            Named("two.yaml", "a", 0, "x"),
            Named("three.yaml", "c", 10, "y"),
        ]);

        set.Configurations.Should().BeEmpty();
        set.Problems.Select(problem => problem.ToString())
            .Should()
            .Equal(
                "two.yaml:2:29: instance_group.group_id: group a is already configured at one.yaml:2:29 (instance_group.group_id)",
                "two.yaml:1:19: warning: database.name: database x is also that of one.yaml:1:19 (database.name); give each group its own",
                "two.yaml:3:20: supervisor.port: port 50000 is already used at one.yaml:3:20 (supervisor.port); choose another instance_group.port_offset",
                "two.yaml:4:43: services.core.args[0]: port 50010 is already used at one.yaml:4:43 (services.core.args[0]); choose another instance_group.port_offset",
                "three.yaml:3:20: supervisor.port: port 50010 (50000 + offset 10) is already used at one.yaml:4:43 (services.core.args[0]); choose another instance_group.port_offset"
            );
    }

    [Fact]
    public void Two_files_with_their_own_ports_go_together()
    {
        var set = ConfigurationReader.ReadFiles([Named("one.yaml", "a", 0, "x"), Named("two.yaml", "b", 1000, "y")]);

        set.Problems.Should().BeEmpty();
        set.Configurations.Select(configuration => configuration.InstanceGroup.GroupId).Should().Equal("a", "b");
    }

    [Fact]
    public void A_file_with_a_problem_spoils_the_set()
    {
        var set = ConfigurationReader.ReadFiles([
            Named("one.yaml", "a", 0, "x"),
            Given.File("") with
            {
                File = "two.yaml",
            },
        ]);

        set.Configurations.Should().BeEmpty();
        set.Files[0].Configuration.Should().BeOfType<RedbConfiguration>();
    }

    private static ReaderInput Named(string file, string group, int offset, string database) =>
        Given.File(
            $"database: {{name:  {database}}}\ninstance_group: {{group_id:  {group}, port_offset: {offset}}}\n"
                + "supervisor: {port: 50000}\nservices: {core: {enabled: true, args: [  --port=50010]}}\n"
        ) with
        {
            File = file,
        };
}
