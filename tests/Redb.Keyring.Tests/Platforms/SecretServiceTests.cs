using System.Diagnostics;
using System.Net.Sockets;
using Redb.Keyring.Tests.Kit;
using Redb.TestKit;

namespace Redb.Keyring.Tests.Platforms;

/// <summary>redbctl with a real gnome-keyring-daemon on a session bus of its own.</summary>
public sealed class SecretServiceTests : IDisposable
{
    private const string Unlocked =
        "printf pw | gnome-keyring-daemon --unlock --components=secrets --daemonize > /dev/null 2>&1\n";

    private readonly SecretFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Entries_go_both_ways_between_us_and_other_programs()
    {
        var said = await InSessionAsync(
            Unlocked
                + """
                printf geheim | redbctl keyring set redb-database postgres-password
                secret-tool lookup service redb-database username postgres-password; echo
                secret-tool search service redb-database username postgres-password 2>&1 | grep -E '^(label|attribute)'
                printf theirs | secret-tool store --label=x service redb-node username node-private-key
                redbctl keyring get redb-node node-private-key
                printf ours | redbctl keyring set redb-node node-private-key
                secret-tool lookup service redb-node username node-private-key; echo
                redbctl keyring delete redb-node node-private-key
                redbctl keyring get redb-node node-private-key; echo code $?
                redbctl keyring list
                """
        );

        said.Should()
            .Equal(
                "geheim",
                "label = Password for 'postgres-password' on 'redb-database'",
                "attribute.service = redb-database",
                "attribute.username = postgres-password",
                "theirs",
                "ours",
                "code 4",
                "SERVICE        USER",
                "redb-database  postgres-password"
            );
    }

    [Fact]
    public async Task Secrets_move_from_the_system_to_a_file_and_back()
    {
        var said = await InSessionAsync(
            Unlocked
                + """
                printf geheim | redbctl keyring set redb-database postgres-password
                redbctl keyring migrate --to file --delete; echo code $?
                redbctl keyring list
                ls "$HOME/.local/share/redb"
                redbctl keyring migrate --to system; echo code $?
                redbctl keyring get redb-database postgres-password
                """
        );

        said.Should().Equal("code 0", "keyring.json", "keyring.json.key", "keyring.json.lock", "code 0", "geheim");
    }

    [Fact]
    public async Task A_locked_keyring_is_told_within_the_limit_and_auto_takes_the_file()
    {
        var said = await InSessionAsync(
            """
            (export XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR/first"; mkdir -m 700 "$XDG_RUNTIME_DIR"
            printf pw | dbus-run-session -- gnome-keyring-daemon --unlock --components=secrets --foreground > /dev/null 2>&1 &
            pid=$!
            for i in $(seq 300); do [ -s "$XDG_DATA_HOME/keyrings/login.keyring" ] && break; sleep 0.02; done
            kill $(cat /proc/$pid/task/$pid/children) $pid)
            redbctl keyring list 2>&1; echo code $?
            REDB_KEYRING_BACKEND=auto redbctl keyring list 2>&1
            """
        );

        said.Should().Contain("code 7").And.Contain("error: the Secret Service is not used");
        said.Should().Contain(line => line.StartsWith("cause: it is locked"));
        said.Should()
            .Contain(line => line.StartsWith("keyring.backend auto: ") && line.Contains("keyring.json is used"));
    }

    [Fact]
    public async Task Without_a_session_bus_that_is_what_is_told()
    {
        var said = await RunAsync("bash", "redbctl keyring list 2>&1; echo code $?");

        said.Should()
            .Equal(
                "error: the Secret Service is not used",
                $"cause: there is no session bus: DBUS_SESSION_BUS_ADDRESS is not set and {_folder.Of("run")}/bus does not exist",
                "next:  set keyring.backend to file, or start it in a session of a desktop",
                "code 8"
            );
    }

    [Fact]
    public async Task A_bus_that_answers_nobody_costs_no_more_than_the_limit()
    {
        using var deaf = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        deaf.Bind(new UnixDomainSocketEndPoint(_folder.Of("deaf")));
        deaf.Listen();

        var said = await RunAsync(
            "bash",
            $"DBUS_SESSION_BUS_ADDRESS=unix:path={_folder.Of("deaf")} redbctl keyring list 2>&1"
        );

        said.Should().Contain(line => line.Contains("did not answer within 2 s"));
    }

    private Task<string[]> InSessionAsync(string script)
    {
        Assert.SkipUnless(
            new[] { "dbus-run-session", "gnome-keyring-daemon", "secret-tool" }.All(program =>
                File.Exists($"/usr/bin/{program}")
            ),
            "needs: dbus, gnome-keyring and libsecret-tools"
        );
        // A busy machine takes seconds to start the daemons.
        return RunAsync("dbus-run-session", script, limit: "20s");
    }

    // What the script says, line by line. Its own words on standard error are not kept, unless it sends them over.
    private async Task<string[]> RunAsync(string runner, string script, string limit = "2s")
    {
        await File.WriteAllTextAsync(
            _folder.Of("config.yaml"),
            $"database: {{name: redb}}\nkeyring: {{backend: system, system_timeout: {limit}}}\nservices: {{}}\n",
            Cancellation
        );
        await File.WriteAllTextAsync(
            _folder.Of("script"),
            $"redbctl() {{ {Programs.Ctl} \"$@\"; }}\n{script}\n",
            Cancellation
        );
        Directory.CreateDirectory(
            _folder.Of("run"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        string[] command = runner == "bash" ? [] : ["--", "bash"];
        var start = new ProcessStartInfo(runner, [.. command, _folder.Of("script")])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("DBUS_SESSION_BUS_ADDRESS");
        start.Environment["HOME"] = _folder.Of("home");
        start.Environment["XDG_DATA_HOME"] = _folder.Of("data");
        start.Environment["XDG_RUNTIME_DIR"] = _folder.Of("run");
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation).WaitAsync(Child.Patience, Cancellation);
        await process.WaitForExitAsync(Cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine(await complaints);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
