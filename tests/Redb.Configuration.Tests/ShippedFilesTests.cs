using System.Globalization;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;

namespace Redb.Configuration.Tests;

public sealed class ShippedFilesTests
{
    [Theory]
    [InlineData("config/config.yaml")]
    [InlineData("config/instance1.yaml")]
    [InlineData("config/instance2.yaml")]
    [InlineData("config/instance3.yaml")]
    public void A_shipped_file_has_no_problem_and_names_its_schema(string file)
    {
        var configuration = Read(file);

        configuration.Services.Select(service => service.Name).Should().BeEquivalentTo(PortTable.Services.Keys);
        configuration.Services.Should().OnlyContain(service => service.Enabled && service.Required);
        Repository.Text(file).Should().StartWith("# yaml-language-server: $schema=./redb.schema.json\n");
    }

    /// <summary>The port table of the multi-instance guide, and the two ports it forgets.</summary>
    [Theory]
    [InlineData("supervisor", 50000, 51000, 52000)]
    [InlineData("security", 50051, 51051, 52051)]
    [InlineData("unifiedmodel", 50052, 51052, 52052)]
    [InlineData("webhook", 50053, 51053, 52053)]
    [InlineData("transformation", 50054, 51054, 52054)]
    [InlineData("core", 50055, 51055, 52055)]
    [InlineData("mesh", 50056, 51056, 52056)]
    [InlineData("anchor", 50057, 51057, 52057)]
    [InlineData("integration", 50058, 51058, 52058)]
    [InlineData("clientapi", 50059, 51059, 52059)]
    [InlineData("mcpserver", 50060, 51060, 52060)]
    [InlineData("mesh external", 10001, 11001, 12001)]
    [InlineData("stream", 50061, 51061, 52061)]
    [InlineData("clientapi REST", 8080, 9080, 10080)]
    public void Each_instance_listens_where_the_guide_says(string row, int first, int second, int third)
    {
        var ports = Enumerable.Range(1, 3).Select(number => PortOf(row, Read($"config/instance{number}.yaml")));

        ports.Should().Equal(first, second, third);
    }

    [Theory]
    [InlineData(1, "default", "redb")]
    [InlineData(2, "instance2", "redb_instance2")]
    [InlineData(3, "instance3", "redb_instance3")]
    public void Each_instance_has_its_own_group_and_database(int number, string group, string database)
    {
        var configuration = Read($"config/instance{number}.yaml");

        configuration.InstanceGroup.GroupId.Should().Be(group);
        configuration.Database.Should().Be(new DatabaseConfiguration { Name = database, User = database });
    }

    [Fact]
    public void The_three_instances_fit_on_one_machine()
    {
        var set = ConfigurationReader.ReadFiles([
            .. Enumerable.Range(1, 3).Select(number => Input($"config/instance{number}.yaml")),
        ]);

        set.Problems.Should().BeEmpty();
        set.Configurations.Should().HaveCount(3);
    }

    [Fact]
    public void The_dependencies_of_the_sample_are_the_built_in_ones()
    {
        var written = Read("config/config.yaml");
        var builtIn = Read("config/instance1.yaml");

        foreach (var service in written.Services)
        {
            var same = builtIn.Services.Single(other =>
                string.Equals(other.Name, service.Name, StringComparison.Ordinal)
            );
            same.Dependencies.Should().Equal(service.Dependencies, service.Name);
        }
    }

    [Theory]
    [InlineData("config/config.yaml")]
    [InlineData("config/instance2.yaml")]
    public void The_mesh_is_told_to_read_the_file_it_stands_in(string file)
    {
        var mesh = Read(file).Services.Single(static service => service.Name is "mesh");

        mesh.Arguments.Should().Contain($"--config={file}");
    }

    private static int PortOf(string row, RedbConfiguration configuration)
    {
        var group = configuration.InstanceGroup;
        var name = row.Split(' ')[0];
        var service = configuration.Services.SingleOrDefault(service =>
            string.Equals(service.Name, name, StringComparison.Ordinal)
        );
        return row switch
        {
            "supervisor" => configuration.Supervisor.Port + group.PortOffset,
            "mesh external" => ServicePorts.Listening(service!, group)[1].Port,
            "clientapi REST" => ServicePorts.External(service!.RestApiPort, group),
            "mesh" => FirstPort(service!, group, "--grpc-bind=127.0.0.1:"),
            _ => FirstPort(service!, group, "--port="),
        };
    }

    private static int FirstPort(ServiceConfiguration service, InstanceGroupConfiguration group, string flag)
    {
        var argument = ArgumentPorts
            .Shift(service.Arguments, group)
            .Single(text => text.StartsWith(flag, StringComparison.Ordinal));
        return int.Parse(argument[flag.Length..], CultureInfo.InvariantCulture);
    }

    private static RedbConfiguration Read(string file)
    {
        var result = ConfigurationReader.Read(Input(file));
        result.Problems.Should().BeEmpty();
        return result.Configuration!;
    }

    private static ReaderInput Input(string file) => Given.File(Repository.Text(file)) with { File = file };
}
