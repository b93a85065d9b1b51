using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;

namespace Redb.Abstractions.Tests.Instances;

public sealed class ServicePortsTests
{
    private static readonly InstanceGroupConfiguration Thousand = new() { PortOffset = 1000 };

    private static readonly ServiceConfiguration Mesh = new()
    {
        Name = "mesh",
        Arguments = ["--grpc-bind=127.0.0.1:50056", "--enable-grpc", "--listen=0.0.0.0:10001"],
        ExternalPort = 10001,
    };

    [Fact]
    public void A_mesh_listens_for_services_and_for_peers()
    {
        var endpoints = ServicePorts.Listening(Mesh, Thousand);

        endpoints
            .Should()
            .Equal(
                new PlannedEndpoint("args[0]", "127.0.0.1", 50056, 51056),
                new PlannedEndpoint("args[2]", "0.0.0.0", 10001, 11001)
            );
        ServicePorts.Grpc(Mesh, Thousand)!.Port.Should().Be(51056);
    }

    [Fact]
    public void A_grpc_port_named_twice_is_one_socket()
    {
        var mesh = Mesh with { Arguments = ["--grpc-bind=127.0.0.1:50056", "--port=50056"] };

        ServicePorts.Listening(mesh, new()).Select(endpoint => endpoint.Port).Should().Equal(50056, 10001);
    }

    [Fact]
    public void The_REST_port_hides_the_external_port()
    {
        var api = new ServiceConfiguration
        {
            Name = "clientapi",
            RestApiPort = 8080,
            ExternalPort = 8081,
        };

        ServicePorts.Listening(api, Thousand).Should().Equal(new PlannedEndpoint("rest_api_port", "", 8080, 9080));
    }

    [Fact]
    public void An_external_port_alone_is_a_socket()
    {
        var api = new ServiceConfiguration { Name = "clientapi", ExternalPort = 8080 };
        var fixedExternal = Thousand with { OffsetExternalPorts = false };

        ServicePorts.Listening(api, fixedExternal).Should().Equal(new PlannedEndpoint("external_port", "", 8080, 8080));
    }

    [Theory]
    [InlineData(10005, "10006", "10007", 11005)]
    [InlineData(0, "10006", "10007", 11006)]
    [InlineData(0, "x", "10007", 11007)]
    [InlineData(0, null, null, 11001)]
    public void The_announced_port_is_the_first_that_is_named(int field, string? full, string? brief, int expected)
    {
        var config = Mesh.Config;
        config = full is null ? config : config.Add("services.mesh.external_port", full);
        config = brief is null ? config : config.Add("external_port", brief);

        ServicePorts.Announced(Mesh with { ExternalPort = field, Config = config }, Thousand).Should().Be(expected);
    }

    [Fact]
    public void A_probe_without_a_port_asks_the_grpc_port() =>
        ServicePorts.Probed(new(), Mesh, Thousand).Should().Be(51056);

    [Theory]
    [InlineData(true, 9080)]
    [InlineData(false, 8080)]
    public void A_probe_of_an_external_port_follows_that_port(bool moves, int expected)
    {
        var api = new ServiceConfiguration { Name = "clientapi", RestApiPort = 8080 };

        var port = ServicePorts.Probed(new() { Port = 8080 }, api, Thousand with { OffsetExternalPorts = moves });

        port.Should().Be(expected);
    }

    [Theory]
    [InlineData("", "127.0.0.1", true)]
    [InlineData("0.0.0.0", "10.0.0.1", true)]
    [InlineData("::", "127.0.0.1", true)]
    [InlineData("localhost", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("::1", "127.0.0.1", false)]
    public void Sockets_collide_where_their_addresses_meet(string one, string other, bool expected)
    {
        var first = new PlannedEndpoint("a", one, 1, 1);
        var second = new PlannedEndpoint("b", other, 1, 1);

        first.Collides(second).Should().Be(expected);
        second.Collides(first).Should().Be(expected);
        first.Collides(second with { Port = 2 }).Should().BeFalse();
    }
}
