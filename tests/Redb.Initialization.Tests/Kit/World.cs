using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Redb.Abstractions.Configuration;
using Redb.Initialization.Passwords;
using Redb.Initialization.Progress;
using Redb.Initialization.Start;
using Redb.Initialization.Steps;
using Redb.Initialization.Tenants;

namespace Redb.Initialization.Tests.Kit;

/// <summary>A keyring, a server and a data folder that outlive the initializations that are tried on them.</summary>
internal sealed class World : IDisposable
{
    private readonly FakeTimeProvider _time = new(new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));

    public World(DatabaseProvider provider = DatabaseProvider.Postgres)
    {
        Keyring = new(Fate);
        Database = new(Fate) { Provider = provider };
    }

    public Fate Fate { get; } = new();

    public FakeKeyring Keyring { get; }

    public FakeDatabase Database { get; }

    /// <summary>What hosts share; null for a node of one host. Default null.</summary>
    public FakeClusterTables? Cluster { get; set; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("redb-init-").FullName;

    public RedbConfiguration Configuration { get; set; } =
        new()
        {
            File = "config.yaml",
            Database = new() { Name = "redb" },
        };

    public FakeTerminal Terminal { get; } = new();

    public StringWriter Output { get; } = new();

    public string[] Lines => Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public NodeRecord Record => new ProgressFile(Folder, "default").Read().Record!;

    public Task<Failure?> InitializeAsync(
        Manner manner = Manner.Silent,
        bool isConfirmed = false,
        bool mayReplace = false
    ) =>
        new NodeInitialization(Ports, Terminal, Output, _time).RunAsync(
            Request with
            {
                Manner = manner,
                IsConfirmed = isConfirmed,
                MayReplacePassword = mayReplace,
            },
            TestContext.Current.CancellationToken
        );

    /// <summary>What <c>redbctl tenants</c> works with.</summary>
    public TenantRegister Tenants => new(Ports(Request, Record));

    /// <summary>A start of the supervisor that was not asked to initialize anything.</summary>
    public Task<(NodeFacts Facts, Failure? Failure)> StartAsync() =>
        new NodeStart(Ports, Ports, Output, _time).PrepareAsync(
            Request,
            isAsked: false,
            TestContext.Current.CancellationToken
        );

    /// <summary>Changes the database password, up to the end or up to a phase.</summary>
    /// <returns>The phases that were told.</returns>
    public async Task<List<PasswordPhase>> ChangePasswordAsync(PasswordPhase until = PasswordPhase.Finished)
    {
        var bench = Ports(Request, Record);
        await KnownNode.OpenAsync(bench, TestContext.Current.CancellationToken);
        var phases = new List<PasswordPhase>();
        await foreach (var phase in new PasswordChange(bench).RunAsync(TestContext.Current.CancellationToken))
        {
            phases.Add(phase);
            if (phase == until)
            {
                break;
            }
        }

        return phases;
    }

    /// <summary>Everything that is in the world, to be compared.</summary>
    public string Picture() =>
        JsonSerializer.Serialize(
            new
            {
                Entries = Keyring
                    .Entries.Select(entry => $"{entry.Key.User}: {string.Join('|', entry.Value)}")
                    .Order(StringComparer.Ordinal),
                Keyring.IsCreated,
                Database.RolePassword,
                Database.HasDatabase,
                Database.HasSchema,
                Database.Node,
                Database.Record,
                Database.Tenants,
                Progress = File.ReadAllText(new ProgressFile(Folder, "default").Path),
            }
        );

    private InitializationRequest Request =>
        new()
        {
            Configuration = Configuration,
            Folder = Folder,
            NodeFolder = Folder,
            Manner = Manner.Silent,
        };

    private Workbench Ports(InitializationRequest request, NodeRecord record) =>
        new(request.Configuration, Keyring, Database)
        {
            Record = record,
            Cluster = Cluster,
            MayReplacePassword = request.MayReplacePassword,
        };

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
