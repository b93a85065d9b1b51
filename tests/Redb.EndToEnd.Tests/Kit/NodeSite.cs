using System.Globalization;
using System.Text.Json;
using Redb.TestKit;
using Redb.TestKit.Postgres;

namespace Redb.EndToEnd.Tests.Kit;

/// <summary>A folder with the configuration of one node, whose supervisors are started and ended at will; what they leave stays.</summary>
internal sealed class NodeSite : IAsyncDisposable
{
    private readonly GroupFile _ports = new();
    private readonly List<Child> _children = [];

    /// <summary>Makes the folder and the file.</summary>
    /// <param name="group">Its group; database, role and keyring are called after it.</param>
    /// <param name="postgres">The server; null where none answers.</param>
    public NodeSite(string group = "default", PostgresServer? postgres = null)
    {
        Group = group;
        Postgres = postgres;
        File.WriteAllText(ConfigFile, Text());
    }

    public string Group { get; }

    public PostgresServer? Postgres { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("redb-node-").FullName;

    public string ConfigFile => Path.Combine(Folder, "config.yaml");

    public string Database => Group == "default" ? "redb" : $"redb_{Group}";

    public int Offset => _ports.Offset;

    /// <summary>Master password of the keyring, as the environment says.</summary>
    public string MasterPassword { get; init; } = "canary-Master-7391";

    public string RecordFile => Path.Combine(Folder, "data", "initialization", $"{Group}.json");

    public string DecisionFile => Path.Combine(Folder, "data", "database.json");

    /// <summary>What all supervisors here have said.</summary>
    public IEnumerable<string> Lines => _children.SelectMany(child => child.Lines);

    /// <summary>Starts a supervisor; its standard input is closed.</summary>
    public Child Start(params string[] arguments) => Start(arguments, []);

    /// <inheritdoc cref="Start(string[])"/>
    public Child Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var child = Child.Start(
            Programs.Supervisor,
            ["--config", "config.yaml", "--data-dir", "data", .. arguments],
            Folder,
            [
                ("REDB_KEYRING_PASSWORD", MasterPassword),
                ("REDB_STANDIN", Programs.StandIn),
                ("HOME", Folder),
                // Where nobody listens, unless there is a server.
                ("REDB_POSTGRES_PORT", "1"),
                .. Postgres?.Variables ?? [],
                .. environment,
            ]
        );
        _children.Add(child);
        return child;
    }

    /// <summary>Runs a supervisor that ends by itself.</summary>
    public async Task<(int ExitCode, IReadOnlyCollection<string> Lines)> RunAsync(params string[] arguments)
    {
        var child = Start(arguments);
        return (await child.EndAsync(), child.Lines);
    }

    /// <summary>Runs a supervisor until its group is ready, and stops it again.</summary>
    public async Task<Child> RunToReadyAsync(params string[] arguments)
    {
        var child = Start(arguments);
        await child.LineAsync($"group {Group} Starting -> Ready");
        child.Signal("TERM");
        (await child.EndAsync()).Should().Be(0);
        return child;
    }

    /// <summary>What the progress file says.</summary>
    public JsonElement Record() => Json(RecordFile);

    /// <summary>What was decided about the database, with the node's id.</summary>
    public JsonElement Decision() => Json(DecisionFile);

    /// <summary>Everything that makes this node what it is, to be compared.</summary>
    public async Task<string> PictureAsync()
    {
        var secrets = KeyringPeek
            .ReadAll(Folder, MasterPassword)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => $"{entry.Key} = {entry.Value}");
        var rows = Postgres is null ? [] : await DatabasePeek.ReadAsync(Postgres, Database);
        return string.Join('\n', [.. secrets, .. rows, TextOf(RecordFile), TextOf(DecisionFile)]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in _children)
        {
            if (Signals.IsRunning(child.Pid))
            {
                child.Signal("TERM");
                child.Signal("TERM");
                await child.EndAsync();
            }

            await child.DisposeAsync();
        }

        foreach (var pid in ProcessTree.LeadersIn(Folder))
        {
            Signals.SendToGroup(pid, "KILL");
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }

    private static string TextOf(string file) => File.Exists(file) ? File.ReadAllText(file) : $"no {file}";

    private string Text() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            supervisor: {port: 50000}
            database: {name: {{Database}}, user: {{Database}}}
            keyring: {backend: file, path: {{Folder}}/keys/keyring.json}
            instance_group: {group_id: {{Group}}, port_offset: {{Offset}}}
            services:
              core:
                enabled: true
                required: true
                executable: {{Programs.StandIn}}
                args: [--role, core, --port=50055, '--supervisor=localhost:50000']
                dependencies: [mesh]
              mesh:
                enabled: true
                required: true
                executable: {{Programs.StandIn}}
                args: [--role, mesh, '--grpc-bind=127.0.0.1:50056', --enable-grpc, '--listen=127.0.0.1:50070', '--supervisor=localhost:50000']
                dependencies: []
            """
        );
}
