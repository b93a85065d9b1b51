using CsCheck;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;

namespace Redb.Abstractions.Tests.Instances;

public sealed class ArgumentPortsTests
{
    private static readonly InstanceGroupConfiguration Thousand = new() { PortOffset = 1000 };

    [Theory]
    [InlineData("--port=50051", "--port=51051")]
    [InlineData("-port=50051", "-port=51051")]
    [InlineData("--port 50051", "--port 51051")]
    [InlineData("-port 50051", "-port 51051")]
    [InlineData("--supervisor=localhost:50000", "--supervisor=localhost:51000")]
    [InlineData("--supervisor localhost:50000", "--supervisor localhost:51000")]
    [InlineData("--supervisor=[::1]:50000", "--supervisor=[::1]:51000")]
    [InlineData("--grpc-bind=127.0.0.1:50056", "--grpc-bind=127.0.0.1:51056")]
    [InlineData("-grpc-bind 127.0.0.1:50056", "-grpc-bind 127.0.0.1:51056")]
    [InlineData("--grpc-bind=[fe80::1%eth0]:50056", "--grpc-bind=[fe80::1%eth0]:51056")]
    [InlineData("--listen=0.0.0.0:10001", "--listen=0.0.0.0:11001")]
    [InlineData("--listen [::]:10001", "--listen [::]:11001")]
    [InlineData("--listen=:10001", "--listen=:11001")]
    [InlineData("--port --port 50051", "--port --port 51051")]
    public void Each_form_of_a_port_moves(string before, string after) => Shift(before, Thousand).Should().Be(after);

    [Theory]
    [InlineData("--supervisor=standalone")]
    [InlineData("--supervisor=localhost")]
    [InlineData("--supervisor=::1:50000")]
    [InlineData("--supervisor=[::1]")]
    [InlineData("--supervisor=localhost:http")]
    [InlineData("--port=auto")]
    [InlineData("--port=")]
    [InlineData("--port=0x1F")]
    [InlineData("--port=99999999999")]
    [InlineData("--port")]
    [InlineData("--grpc-bind")]
    [InlineData("--connect=10.0.0.1:10001")]
    [InlineData("--neighbor=10.0.0.1:10001")]
    [InlineData("--ports=1")]
    [InlineData("--enable-grpc 50051")]
    [InlineData("port=50051")]
    [InlineData("---port=50051")]
    [InlineData("localhost:50000")]
    [InlineData("")]
    public void What_is_no_port_of_ours_stays(string arguments) => Shift(arguments, Thousand).Should().Be(arguments);

    [Fact]
    public void External_ports_stay_where_the_group_says_so()
    {
        var group = Thousand with { OffsetExternalPorts = false };

        Shift("--listen=0.0.0.0:10001 --grpc-bind=127.0.0.1:50056", group)
            .Should()
            .Be("--listen=0.0.0.0:10001 --grpc-bind=127.0.0.1:51056");
    }

    [Fact]
    public void No_offset_changes_nothing() => Shift("--port=+050051", new()).Should().Be("--port=+050051");

    [Fact]
    public void A_negative_offset_moves_down() =>
        Shift("--port=50051", new() { PortOffset = -51 }).Should().Be("--port=50000");

    [Fact]
    public void Ports_are_found_with_their_host_and_place()
    {
        var found = ArgumentPorts.Find(["--enable-grpc", "--grpc-bind", "[::1]:50056", "--listen=0.0.0.0:10001"]);

        found
            .Should()
            .Equal(
                new ArgumentPort("grpc-bind", 2, 6, "::1", 50056),
                new ArgumentPort("listen", 3, 17, "0.0.0.0", 10001)
            );
    }

    [Fact]
    public void Moving_there_and_back_gives_the_arguments_again()
    {
        var word = Gen.OneOf<string>(
            "--port",
            "-port",
            "--supervisor",
            "--listen",
            "--grpc-bind",
            "--enable-grpc",
            "x",
            ""
        );
        var value = Gen.OneOf(
            Gen.Int[1, 65535].Select(port => $"{port}"),
            Gen.Int[1, 65535].Select(port => $"localhost:{port}"),
            Gen.Int[1, 65535].Select(port => $"[::1]:{port}"),
            Gen.OneOf<string>("standalone", ":", "[]:1", "::")
        );
        var argument = Gen.OneOf(word, value, Gen.Select(word, value, (name, text) => $"{name}={text}"));

        Gen.Select(argument.Array[0, 8], Gen.Int[-65535, 65535])
            .Sample(
                (arguments, offset) =>
                {
                    var there = ArgumentPorts.Shift([.. arguments], new() { PortOffset = offset });
                    var back = ArgumentPorts.Shift(there, new() { PortOffset = -offset });

                    return back.SequenceEqual(arguments)
                        && ArgumentPorts.Find(there).Length == ArgumentPorts.Find([.. arguments]).Length;
                }
            );
    }

    private static string Shift(string arguments, InstanceGroupConfiguration group) =>
        string.Join(' ', ArgumentPorts.Shift([.. arguments.Split(' ')], group));
}
