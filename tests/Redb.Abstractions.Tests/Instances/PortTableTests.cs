using Redb.Abstractions.Instances;

namespace Redb.Abstractions.Tests.Instances;

public sealed class PortTableTests
{
    [Fact]
    public void Every_service_has_the_base_port_reDB_knows_it_by()
    {
        string[] expected =
        [
            "security 50051",
            "unifiedmodel 50052",
            "webhook 50053",
            "transformation 50054",
            "core 50055",
            "mesh 50056",
            "anchor 50057",
            "integration 50058",
            "clientapi 50059",
            "mcpserver 50060",
            "stream 50061",
        ];

        PortTable.Services.Select(entry => $"{entry.Key} {entry.Value}").Should().BeEquivalentTo(expected);
        (PortTable.Supervisor, PortTable.MeshExternal, PortTable.Rest).Should().Be((50000, 10001, 8080));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(65535, true)]
    [InlineData(65536, false)]
    [InlineData(-1, false)]
    public void A_port_is_1_to_65535(long number, bool expected) => PortTable.IsPort(number).Should().Be(expected);
}
