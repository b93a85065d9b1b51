using Redb.TestKit;

namespace Redb.EndToEnd.Tests;

/// <summary>The whole reDB graph of <c>config/config.yaml</c>, played by stand-ins, as <c>./run</c> starts it.</summary>
public sealed class GraphTests
{
    private static readonly string[] s_foundation = ["security", "unifiedmodel", "webhook", "transformation"];

    [Fact]
    public async Task The_sample_configuration_comes_up_in_order_survives_a_kill_and_goes_down_cleanly()
    {
        await using var group = Supervised.LaunchSample();
        await group.Process.LineAsync("Starting -> Ready after");

        var (code, lines) = await group.CtlAsync("status", "--check");
        code.Should().Be(0, string.Join('\n', lines));
        lines.Should().Contain(line => line.Contains("11 of 11 ready", StringComparison.Ordinal));
        Position(group, "mesh: Pending -> Starting")
            .Should()
            .BeGreaterThan(s_foundation.Max(name => Position(group, $"{name}: Running -> Ready")));
        Position(group, "core: Pending -> Starting")
            .Should()
            .BeGreaterThan(Position(group, "anchor: Running -> Ready"));

        var pid = await group.PidOfAsync("core");
        Signals.Send(pid, "KILL");
        await group.Process.LineAsync("core", $"pid {pid} ended");
        (await group.CtlAsync("wait", "--for", "ready")).ExitCode.Should().Be(0);
        (await group.PidOfAsync("core")).Should().NotBe(pid);

        (await group.StopAsync()).Should().Be(0);
        var stopped = group
            .Process.Lines.Where(line => line.EndsWith("Stopping -> Stopped", StringComparison.Ordinal))
            .ToList();
        stopped.Should().HaveCount(12, "eleven services and the group stop");
    }

    // Written only from the .proto files, in another language.
    [Fact]
    public async Task An_independent_client_registers_sends_heartbeats_and_streams_logs()
    {
        var folder = Path.Combine(Programs.Root, "tests", "independent-client");
        await using var group = await Supervised.ReadyAsync(
            new GroupFile().Program("sleeper", "/bin/sleep", "'1000'", "probes: {readiness: {kind: none}}")
        );
        await using var npm = Child.Start("npm", ["ci", "--no-audit", "--no-fund"], folder);
        (await npm.EndAsync()).Should().Be(0, string.Join('\n', npm.Lines));

        await using var client = Child.Start(
            "node",
            ["client.mjs", $"127.0.0.1:{group.File.SupervisorPort}", "sleeper"],
            folder
        );

        (await client.EndAsync()).Should().Be(0, string.Join('\n', client.Lines));
    }

    private static int Position(Supervised group, string text) =>
        group.Process.Lines.TakeWhile(line => !line.Contains(text, StringComparison.Ordinal)).Count();
}
