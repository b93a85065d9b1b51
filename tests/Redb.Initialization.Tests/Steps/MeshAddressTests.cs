using System.Net;
using Redb.Abstractions.Configuration;
using Redb.Initialization.Steps;

namespace Redb.Initialization.Tests.Steps;

public sealed class MeshAddressTests
{
    // Fault 61: nobody outside is asked.
    [Theory]
    [InlineData("10.0.0.7", "127.0.0.1", "10.0.0.7", "192.168.1.2")]
    [InlineData("10.0.0.7", "fd00::7", "10.0.0.7")]
    [InlineData("fd00::7", "fe80::1", "::1", "fd00::7")]
    [InlineData("127.0.0.1", "127.0.0.1", "::1", "fe80::1")]
    [InlineData("127.0.0.1")]
    public void Of_the_addresses_of_this_host_one_is_chosen_that_others_can_use(string chosen, params string[] own) =>
        Choose([], own).Should().Be(chosen);

    [Theory]
    [InlineData("10.9.9.9", "--listen=10.9.9.9:10001")]
    [InlineData("10.9.9.9", "--listen", "10.9.9.9:10001")]
    [InlineData("127.0.0.1", "--listen=127.0.0.1:10001")]
    [InlineData("10.0.0.7", "--listen=0.0.0.0:10001")]
    [InlineData("10.0.0.7", "--listen=[::]:10001")]
    [InlineData("10.0.0.7", "--listen=mesh.example:10001")]
    [InlineData("10.0.0.7", "--listen")]
    public void What_the_mesh_listens_on_comes_first(string chosen, params string[] arguments) =>
        Choose(arguments, "10.0.0.7").Should().Be(chosen);

    [Fact]
    public void The_address_of_this_machine_is_one_of_its_own() =>
        IPAddress.TryParse(MeshAddress.OfThisHost(Configuration([])), out _).Should().BeTrue();

    private static string Choose(string[] arguments, params string[] own) =>
        MeshAddress.Choose(Configuration(arguments), [.. own.Select(IPAddress.Parse)]).ToString();

    private static RedbConfiguration Configuration(string[] arguments) =>
        new()
        {
            File = "config.yaml",
            Database = new() { Name = "redb" },
            Services =
            [
                new()
                {
                    Name = "mesh",
                    Enabled = true,
                    Executable = "./redb-mesh",
                    Arguments = [.. arguments],
                },
            ],
        };
}
