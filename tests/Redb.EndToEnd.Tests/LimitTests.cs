using Redb.TestKit;

namespace Redb.EndToEnd.Tests;

public sealed class LimitTests
{
    private const string Plain = "probes: {readiness: {kind: none}}";

    // Without end where a cgroup stops it, else no more than the machine can bear until the second look.
    private const string Eats =
        "until [ -e go ]; do sleep 0.05; done; rm go; "
        + "if [ -e all ]; then exec tail /dev/zero; fi; "
        + "head -c 150000000 /dev/zero | tail -c 150000000 | sleep 60";

    // Fault 12: limits are enforced, and what enforces them is shown.
    [Fact]
    public async Task A_service_that_takes_too_much_memory_is_ended_with_the_cause_named_and_restarted()
    {
        var file = new GroupFile().Program(
            "eater",
            "/bin/sh",
            $"-c, '{Eats}'",
            "resources: {max_memory_mb: 64, max_open_files: 100}",
            Plain
        );
        await using var group = await Supervised.ReadyAsync(file);
        var pid = await group.PidOfAsync("eater");

        var (_, shown) = await group.CtlAsync("status", "eater", "-o", "wide");

        var limits = shown.Should().ContainSingle(line => line.StartsWith("limits of eater: memory 64 MB (")).Which;
        limits.Should().EndWith("; open files 100 (rlimit)");
        (await group.StatusOfAsync("eater"))
            .GetProperty("limits")
            .GetString()
            .Should()
            .Be(limits["limits of eater: ".Length..]);
        var hasCgroup = limits.Contains("(cgroup v", StringComparison.Ordinal);

        if (hasCgroup)
        {
            await WriteAsync(group, "all");
        }

        await WriteAsync(group, "go");
        await group.Process.LineAsync(
            $"pid {pid} ended",
            hasCgroup ? "SIGKILL, killed for memory: limit 64 MB (cgroup v" : "SIGTERM"
        );
        var (code, lines) = await group.CtlAsync("wait", "--for", "ready");

        code.Should().Be(0, string.Join('\n', lines));
        (await group.PidOfAsync("eater")).Should().NotBe(pid);
        (await group.StatusOfAsync("eater")).GetProperty("restarts").GetInt32().Should().Be(1);
        if (!hasCgroup)
        {
            group
                .Process.Lines.Should()
                .Contain(line => line.Contains("MB, limit is 64 MB (sampled)", StringComparison.Ordinal));
        }
    }

    private static Task WriteAsync(Supervised group, string name) =>
        File.WriteAllTextAsync(Path.Combine(group.Folder, name), "", TestContext.Current.CancellationToken);
}
