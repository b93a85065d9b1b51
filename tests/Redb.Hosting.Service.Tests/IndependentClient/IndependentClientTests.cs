using System.Diagnostics;
using System.Text.Json;
using Redb.Hosting.Service.Tests.Doubles;

namespace Redb.Hosting.Service.Tests.IndependentClient;

public sealed class IndependentClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Software_that_knows_only_the_proto_files_can_live_under_a_supervisor()
    {
        await using var supervisor = await FakeSupervisor.StartAsync();

        var (exitCode, seen) = await RunAsync($"127.0.0.1:{supervisor.Port}");

        exitCode.Should().Be(0, "it said {0}", seen.RootElement);
        seen.RootElement.GetProperty("ok").GetBoolean().Should().BeTrue();
        (await supervisor.Registrations.NextAsync()).Service.Metadata["language"].Should().Be("javascript");
        (await supervisor.Logs.NextAsync()).Message.Should().Contain("independent client");
        (await supervisor.Departures.NextAsync()).Reason.Should().Be("done");
    }

    [Fact]
    public async Task A_supervisor_that_breaks_the_contract_is_found_out()
    {
        await using var supervisor = new FakeSupervisor { OnHeartbeat = _ => new() { Acknowledged = false } };
        await supervisor.ListenAsync(0);

        var (exitCode, seen) = await RunAsync($"127.0.0.1:{supervisor.Port}");

        exitCode.Should().Be(1);
        seen.RootElement.GetProperty("problems").EnumerateArray().Should().NotBeEmpty();
    }

    private static async Task<(int ExitCode, JsonDocument Seen)> RunAsync(string address)
    {
        var folder = ClientFolder();
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules")),
            "needs: npm ci in tests/independent-client"
        );
        var start = new ProcessStartInfo("node", ["client.mjs", address])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var node = Process.Start(start)!;
        var output = await node.StandardOutput.ReadToEndAsync(Cancellation);
        await node.WaitForExitAsync(Cancellation);
        return (node.ExitCode, JsonDocument.Parse(output));
    }

    private static string ClientFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Redb.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "tests", "independent-client");
    }
}
