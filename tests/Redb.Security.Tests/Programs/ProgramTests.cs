using System.Text.Json.Nodes;
using Redb.TestKit;
using TheTool = Redb.TestKit.Programs;

namespace Redb.Security.Tests.Programs;

/// <summary>The real supervisor with certificates, and the real tool with those of every role, with none and with a stranger's.</summary>
public sealed class ProgramTests : IAsyncDisposable
{
    private const int Done = 0;
    private const int PermissionDenied = 7;

    private readonly string _home = Directory.CreateTempSubdirectory("redb-tls-").FullName;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_home, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_tool_does_what_its_certificate_allows_and_the_others_learn_why_not()
    {
        await IssueAsync();
        await using var group = await GuardedAsync();
        await AddContextsAsync(group);

        // The host's owner needs nothing: the address file leads to the host's own certificate.
        await ExpectAsync(Done, "e2e", "status", "--data-dir", DataOf(group));
        await ExpectAsync(Done, "core", "status", "--context", "viewer");
        await ExpectAsync(PermissionDenied, "that needs the role operator", "stop", "core", "--context", "viewer");
        await ExpectAsync(Done, "\"stop\"", "stop", "core", "--no-wait", "-o", "json", "--context", "operator");
        await ExpectAsync(PermissionDenied, "that needs the role admin", "supervisor", "stop", "--context", "operator");
        await ExpectAsync(
            PermissionDenied,
            "not signed by an authority of this cluster",
            "status",
            "--context",
            "stranger"
        );
        await ExpectAsync(PermissionDenied, "wants a certificate", "status", "--data-dir", Bare(group));
        await ExpectAsync(Done, "supervisor stopped", "supervisor", "stop", "--context", "admin");

        (await group.Process.EndAsync()).Should().Be(Done);
    }

    [Fact]
    public async Task A_supervisor_with_another_hosts_certificate_does_not_start()
    {
        await CtlAsync("certs", "init");
        await CtlAsync("certs", "issue", "host", "another");
        await using var group = Supervised.Launch(File(), folder => Configure(folder, "another"));

        (await group.Process.EndAsync()).Should().Be(1);
        group.AllLines.Should().Contain(line => line.Contains("is for host another", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_certificates_a_tool_needs_the_key_that_only_the_supervisors_user_may_read()
    {
        await using var group = await Supervised.StartAsync(File());

        await ExpectAsync(Done, "e2e", "status", "--data-dir", DataOf(group));
        await ExpectAsync(PermissionDenied, "wants the key of the user", "status", "--data-dir", Bare(group));
    }

    private static GroupFile File() => new GroupFile().Program("core", "/bin/sleep", "'1000'");

    private static string DataOf(Supervised group) => Path.Combine(group.Folder, "data");

    private async Task IssueAsync()
    {
        await CtlAsync("certs", "init");
        await CtlAsync("certs", "issue", "host", Environment.MachineName, "--address", "127.0.0.1");
        foreach (var role in new[] { "viewer", "operator", "admin" })
        {
            await CtlAsync("certs", "issue", "tool", role, "--role", role);
        }

        var strange = Path.Combine(_home, "strange");
        await CtlAsync("certs", "init", "--dir", strange);
        await CtlAsync("certs", "issue", "tool", "stranger", "--role", "admin", "--dir", strange);
    }

    private Task<Supervised> GuardedAsync()
    {
        var group = Supervised.Launch(File(), folder => Configure(folder, Environment.MachineName));
        return StartedAsync(group);

        static async Task<Supervised> StartedAsync(Supervised group)
        {
            await group.Process.LineAsync("gRPC on");
            return group;
        }
    }

    private string Certs => Path.Combine(_home, "redb", "certs");

    private void Configure(string folder, string host) =>
        System.IO.File.AppendAllText(
            Path.Combine(folder, "config.yaml"),
            $"""

            cluster:
              tls:
                ca: {Certs}/ca.crt
                certificate: {Certs}/hosts/{host}.crt
                key: {Certs}/hosts/{host}.key
            """
        );

    private async Task AddContextsAsync(Supervised group)
    {
        var gateway = Address(group)["gateway"]!.GetValue<string>();
        foreach (var role in new[] { "viewer", "operator", "admin" })
        {
            await AddAsync(role, Path.Combine(Certs, "tools", role));
        }

        await AddAsync("stranger", Path.Combine(_home, "strange", "tools", "stranger"));

        Task AddAsync(string name, string file) =>
            ExpectAsync(
                Done,
                "added",
                "context",
                "add",
                name,
                "--gateway",
                gateway,
                "--ca",
                $"{Certs}/ca.crt",
                "--certificate",
                file + ".crt",
                "--key",
                file + ".key"
            );
    }

    private static JsonNode Address(Supervised group) =>
        JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(DataOf(group), "supervisor.json")))!;

    // What somebody knows who may not read the address file.
    private string Bare(Supervised group)
    {
        var address = Address(group);
        address.AsObject().Remove("credentials").Should().BeTrue();
        var folder = Path.Combine(_home, "bare");
        Directory.CreateDirectory(folder);
        System.IO.File.WriteAllText(Path.Combine(folder, "supervisor.json"), address.ToJsonString());
        return folder;
    }

    private async Task ExpectAsync(int code, string text, params string[] arguments)
    {
        var (found, lines) = await CtlAsync(arguments);
        found.Should().Be(code, string.Join('\n', lines));
        string.Join('\n', lines).Should().Contain(text);
    }

    private async Task<(int Code, IReadOnlyCollection<string> Lines)> CtlAsync(params string[] arguments)
    {
        await using var ctl = Child.Start(
            TheTool.Ctl,
            arguments.Contains("--context", StringComparer.Ordinal) ? [.. arguments, "-g", "e2e"] : arguments,
            _home,
            ("XDG_CONFIG_HOME", _home),
            ("REDBCTL_ANSWER_TIMEOUT", "20s")
        );
        return (await ctl.EndAsync(), ctl.Lines);
    }
}
