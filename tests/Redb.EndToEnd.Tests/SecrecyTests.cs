using System.Text;
using Redb.EndToEnd.Tests.Kit;
using Redb.TestKit;
using Redb.TestKit.Postgres;

namespace Redb.EndToEnd.Tests;

/// <summary>Secrets are in the keyring, in the environment of the services that need them, and nowhere else.</summary>
public sealed class SecrecyTests
{
    private const string Administrator = "canary-Admin-6142";

    [Fact]
    public async Task Nothing_that_is_written_printed_or_shown_has_a_secret_in_it()
    {
        await using var postgres = await PostgresServer.StartAsync(new PostgresSettings { Password = Administrator });
        await using var site = new NodeSite(postgres: postgres);
        var supervisor = site.Start("--autoinitialize");
        await supervisor.LineAsync("group default Starting -> Ready");
        var lines = await CommandLinesAsync(site);
        var first = KeyringPeek.ReadAll(site.Folder, site.MasterPassword);
        var shown = await ShownAsync(site);
        supervisor.Signal("TERM");
        await supervisor.EndAsync();

        // Of the failures, too: one that shows what it was given would show it here.
        await site.Start(["--autoinitialize"], ("REDB_KEYRING_PASSWORD", "canary-Wrong-9017")).EndAsync();
        await site.Start(
                ["--initialize", "--yes"],
                ("REDB_DATABASE_NAME", "other"),
                ("REDB_POSTGRES_PASSWORD", "canary-Wrong-9018")
            )
            .EndAsync();

        var canaries = Canaries(site);
        canaries["the first database password"] = first["keyring.json redb-database:postgres-password"];
        canaries.Count.Should().BeGreaterThanOrEqualTo(8);
        foreach (
            var (place, content) in Written(site).Concat(lines).Concat(shown).Append(("output", Bytes(site.Lines)))
        )
        {
            foreach (var (name, form) in canaries.SelectMany(canary => Forms(canary.Key, canary.Value)))
            {
                content.AsSpan().IndexOf(form).Should().Be(-1, $"{name} must not be in {place}");
            }
        }
    }

    [Fact]
    public void The_search_finds_what_it_looks_for()
    {
        var secret = Encoding.UTF8.GetBytes("canary-Admin-6142");
        string[] hidden =
        [
            "x canary-Admin-6142 y",
            Convert.ToBase64String([1, 2, .. secret, 3]),
            Convert.ToHexString(secret),
            Convert.ToHexStringLower(secret),
        ];

        hidden.Should().OnlyContain(text => Has(text, "canary-Admin-6142"));
    }

    [Fact]
    public async Task A_supervisor_leaves_no_core_file_and_its_services_may()
    {
        var file = new GroupFile().Program("sleeper", "/bin/sleep", "'1000'", "probes: {readiness: {kind: none}}");
        await using var group = await Supervised.ReadyAsync(file);

        CoreLimit(group.Process.Pid).Should().Be("1");
        CoreLimit(await group.PidOfAsync("sleeper")).Should().Be(CoreLimit(Environment.ProcessId));
    }

    private static bool Has(string text, string secret) =>
        Forms("canary", secret).Any(form => Encoding.UTF8.GetBytes(text).AsSpan().IndexOf(form.Form) >= 0);

    private static string CoreLimit(int pid) =>
        File.ReadLines($"/proc/{pid}/limits")
            .First(line => line.StartsWith("Max core file size", StringComparison.Ordinal))[
                "Max core file size".Length..
            ]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];

    // What was given, and what was made.
    private static Dictionary<string, string> Canaries(NodeSite site)
    {
        var made = KeyringPeek.ReadAll(site.Folder, site.MasterPassword);
        return new(
            made.Where(secret => !secret.Key.Contains("public-key", StringComparison.Ordinal)),
            StringComparer.Ordinal
        )
        {
            ["the administrator's password"] = Administrator,
            ["the master password"] = site.MasterPassword,
            ["a wrong master password"] = "canary-Wrong-9017",
            ["a wrong administrator's password"] = "canary-Wrong-9018",
        };
    }

    // Plain, in hexadecimal digits, and in base64 wherever it begins within a larger text. Of a PEM its middle lines: the first is no secret.
    private static IEnumerable<(string Name, byte[] Form)> Forms(string name, string secret)
    {
        var bare = secret.StartsWith("-----", StringComparison.Ordinal) ? secret.Split('\n')[7] : secret;
        var bytes = Encoding.UTF8.GetBytes(bare);
        yield return ($"{name}, plain,", bytes);
        yield return ($"{name}, in hexadecimal digits,", Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)));
        yield return ($"{name}, in hexadecimal digits,", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
        for (var before = 0; before < 3; before++)
        {
            // What depends on its neighbours is left out at both ends.
            var whole = Convert.ToBase64String([.. new byte[before], .. bytes]);
            yield return (
                $"{name}, in base64,",
                Encoding.ASCII.GetBytes(whole[(before == 0 ? 0 : 4)..(((before + bytes.Length) / 3) * 4)])
            );
        }
    }

    // Everything but the keyrings themselves: they are what keeps the secrets.
    private static IEnumerable<(string Place, byte[] Content)> Written(NodeSite site) =>
        Directory
            .EnumerateFiles(site.Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != "keys")
            .Select(file => (file, File.ReadAllBytes(file)));

    private static async Task<List<(string Place, byte[] Content)>> CommandLinesAsync(NodeSite site)
    {
        var lines = new List<(string, byte[])>();
        foreach (var pid in ProcessTree.WorkingIn(site.Folder))
        {
            lines.Add(
                (
                    $"the command line of pid {pid}",
                    await File.ReadAllBytesAsync($"/proc/{pid}/cmdline", TestContext.Current.CancellationToken)
                )
            );
        }

        lines.Should().HaveCountGreaterThan(2);
        return lines;
    }

    private static async Task<List<(string Place, byte[] Content)>> ShownAsync(NodeSite site)
    {
        var shown = new List<(string, byte[])>();
        string[][] commands =
        [
            ["status", "-o", "json"],
            ["status", "-o", "wide"],
            ["status", "core", "-o", "json"],
            ["events", "-n", "1000", "-o", "json"],
            ["logs", "-A", "-n", "1000"],
            ["why", "core", "-o", "json"],
            ["validate", "--show-effective", "config.yaml"],
            ["database", "rotate-password", "--config", "config.yaml"],
        ];
        foreach (var command in commands)
        {
            await using var ctl = Child.Start(
                Programs.Ctl,
                [.. command, "--data-dir", Path.Combine(site.Folder, "data")],
                site.Folder,
                ("REDBCTL_ANSWER_TIMEOUT", "30s"),
                ("REDB_KEYRING_PASSWORD", site.MasterPassword),
                ("REDB_POSTGRES_PASSWORD", Administrator)
            );
            await ctl.EndAsync();
            shown.Add(($"redbctl {command[0]}", Bytes(ctl.Lines)));
        }

        return shown;
    }

    private static byte[] Bytes(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));
}
