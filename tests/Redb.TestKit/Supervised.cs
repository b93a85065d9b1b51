using System.Text.Json;
using Grpc.Net.Client;
using Redb.Protocol.Supervisor;

namespace Redb.TestKit;

/// <summary>A real redb-supervisor with a group of its own, driven as a user would: by redbctl, gRPC and signals.</summary>
internal sealed class Supervised : IAsyncDisposable
{
    private readonly Lazy<GrpcChannel> _channel;
    private readonly List<string> _past = [];

    private Supervised(GroupFile file, string folder, Child process)
    {
        File = file;
        Folder = folder;
        Process = process;
        _channel = new(() => GrpcChannel.ForAddress($"http://127.0.0.1:{file.SupervisorPort}"));
    }

    public GroupFile File { get; }

    /// <summary>A folder of the test's own: working directory of the supervisor.</summary>
    public string Folder { get; }

    public Child Process { get; private set; }

    /// <summary>What this supervisor and those before it on the same folder have said.</summary>
    public IReadOnlyList<string> AllLines => [.. _past, .. Process.Lines];

    public GrpcChannel Channel => _channel.Value;

    public SupervisorService.SupervisorServiceClient Client => new(Channel);

    /// <summary>Starts a supervisor and returns once its silo is active; services may still be starting.</summary>
    public static async Task<Supervised> StartAsync(GroupFile file)
    {
        var supervised = Launch(file);
        return await supervised.SayingAsync("gRPC on");
    }

    /// <summary>Starts <c>config/config.yaml</c> as <c>./run</c> does, but with a data folder of its own and above everybody's usual ports.</summary>
    public static Supervised LaunchSample()
    {
        var file = new GroupFile();
        var folder = Directory.CreateTempSubdirectory("redb-e2e-").FullName;
        var sample = System.IO.File.ReadAllText(Path.Combine(Programs.Root, "config", "config.yaml"));
        System.IO.File.WriteAllText(
            Path.Combine(folder, "config.yaml"),
            sample.Replace("port_offset: 0", $"port_offset: {file.Offset}", StringComparison.Ordinal)
        );
        var process = Child.Start(
            Programs.Supervisor,
            ["--config", "config.yaml", "--data-dir", "data", "--dev"],
            folder,
            ("REDB_STANDIN", Programs.StandIn),
            ("REDB_CLUSTER_DIRECTORY", "cluster")
        );
        return new(file, folder, process);
    }

    /// <summary>Starts a supervisor and returns at once.</summary>
    /// <param name="file">Its configuration.</param>
    /// <param name="prepare">Is given the folder before the supervisor is started.</param>
    public static Supervised Launch(GroupFile file, Action<string>? prepare = null)
    {
        var folder = Directory.CreateTempSubdirectory("redb-e2e-").FullName;
        System.IO.File.WriteAllText(Path.Combine(folder, "config.yaml"), file.ToString());
        prepare?.Invoke(folder);
        return new(file, folder, StartIn(folder));
    }

    /// <summary>Starts a supervisor and returns once the group is Ready.</summary>
    public static async Task<Supervised> ReadyAsync(GroupFile file, Action<string>? prepare = null)
    {
        var supervised = Launch(file, prepare);
        return await supervised.SayingAsync("group e2e Starting -> Ready");
    }

    /// <summary>Kills the supervisor and nothing else, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        Process.Signal("KILL");
        await Process.EndAsync();
    }

    /// <summary>Starts a supervisor in the place of one that has ended, and returns at once.</summary>
    public async Task RelaunchAsync()
    {
        _past.AddRange(Process.Lines);
        await Process.DisposeAsync();
        Process = StartIn(Folder);
    }

    // What the test says is of more interest than that the supervisor did not end either.
    private async Task EndOrKillAsync()
    {
        try
        {
            await Process.EndAsync();
        }
        catch (TimeoutException)
        {
            Process.Signal("KILL");
        }
    }

    private static Child StartIn(string folder) =>
        Child.Start(
            Programs.Supervisor,
            ["--config", "config.yaml", "--data-dir", "data"],
            folder,
            ("REDB_POSTGRES_PASSWORD", "canary-postgres"),
            // A cluster of its own: tests are strangers to each other.
            ("REDB_CLUSTER_DIRECTORY", "cluster")
        );

    // A test that fails before it holds the supervisor must not leave it running.
    private async Task<Supervised> SayingAsync(string text)
    {
        try
        {
            await Process.LineAsync(text);
            return this;
        }
        catch (TimeoutException)
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs redbctl against this supervisor.</summary>
    public async Task<(int ExitCode, IReadOnlyCollection<string> Lines)> CtlAsync(params string[] arguments)
    {
        await using var ctl = Child.Start(
            Programs.Ctl,
            [.. arguments, "--data-dir", Path.Combine(Folder, "data")],
            Folder,
            ("REDBCTL_ANSWER_TIMEOUT", "30s")
        );
        var code = await ctl.EndAsync();
        return (code, ctl.Lines);
    }

    /// <summary>The last 100 lines of a service's log, as soon as they are what the test waits for.</summary>
    public async Task<IReadOnlyCollection<string>> LogsAsync(
        string service,
        Func<IReadOnlyCollection<string>, bool> isEnough
    )
    {
        IReadOnlyCollection<string> lines = [];
        await Until.TrueAsync(
            async () =>
            {
                lines = (await CtlAsync("logs", service, "-n", "100")).Lines;
                return isEnough(lines);
            },
            "the log has the lines"
        );
        return lines;
    }

    /// <summary>One service as <c>redbctl status -o json</c> shows it.</summary>
    public async Task<JsonElement> StatusOfAsync(string service)
    {
        var (code, lines) = await CtlAsync("status", "-o", "json");
        code.Should().Be(0, string.Join('\n', lines));
        using var document = JsonDocument.Parse(string.Join('\n', lines));
        return document
            .RootElement.GetProperty("groups")[0]
            .GetProperty("services")
            .EnumerateArray()
            .First(element => element.GetProperty("name").GetString() == service)
            .Clone();
    }

    /// <summary>The pid of a service's process.</summary>
    public async Task<int> PidOfAsync(string service) => (await StatusOfAsync(service)).GetProperty("pid").GetInt32();

    /// <summary>Stops the supervisor as an operator would and returns its exit code.</summary>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        Process.Signal(signal);
        return await Process.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel.IsValueCreated)
        {
            _channel.Value.Dispose();
        }

        if (Signals.IsRunning(Process.Pid))
        {
            // Twice: a test that failed shall not wait for a graceful stop.
            Process.Signal("TERM");
            Process.Signal("TERM");
            await EndOrKillAsync();
        }

        await Process.DisposeAsync();

        // What a supervisor that was killed has left.
        foreach (var pid in ProcessTree.LeadersIn(Folder))
        {
            Signals.SendToGroup(pid, "KILL");
        }

        Directory.Delete(Folder, recursive: true);
    }
}
