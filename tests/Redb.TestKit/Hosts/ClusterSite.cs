using System.Globalization;
using System.Text.Json;

namespace Redb.TestKit.Hosts;

/// <summary>One host of a cluster: a folder with a group of one sleeping service, whose supervisors are started and ended at will.</summary>
internal sealed class ClusterSite : IAsyncDisposable
{
    private readonly GroupFile _ports = new();
    private readonly TestHost? _machine;
    private readonly List<Child> _past = [];

    /// <summary>Makes the folder and the file.</summary>
    /// <param name="name">Name of its host and its group.</param>
    /// <param name="settings">Lines of its <c>cluster</c> section.</param>
    /// <param name="machine">The machine it runs on; null for this one.</param>
    public ClusterSite(string name, IEnumerable<string> settings, TestHost? machine = null)
    {
        (Name, _machine) = (name, machine);
        Folder = machine?.Folder ?? Directory.CreateTempSubdirectory($"redb-site-{name}-").FullName;
        File.WriteAllText(Path.Combine(Folder, "config.yaml"), Text(settings));
    }

    public string Name { get; }

    public string Folder { get; }

    /// <summary>Further variables of its supervisors. Default none.</summary>
    public (string Name, string Value)[] Environment { get; init; } = [];

    /// <summary>The supervisor that was started last.</summary>
    public Child Process => _past[^1];

    /// <summary>Every process of its service: one, or something is wrong.</summary>
    public IReadOnlyList<int> ServicePids => ProcessTree.LeadersIn(Folder);

    /// <summary>Starts a supervisor and returns at once.</summary>
    public Child Start(params string[] arguments)
    {
        string[] line = ["--config", "config.yaml", "--data-dir", "data", .. arguments];
        (string, string)[] variables =
        [
            ("HOME", Folder),
            ("REDB_KEYRING_PASSWORD", "canary-Master-7391"),
            .. Environment,
        ];
        _past.Add(
            _machine?.Start(Programs.Supervisor, line, variables)
                ?? Child.Start(Programs.Supervisor, line, Folder, variables)
        );
        return Process;
    }

    /// <summary>Initializes the node, and with it what the cluster needs.</summary>
    public async Task InitializeAsync()
    {
        var child = Start("--initialize", "--yes");
        (await child.EndAsync()).Should().Be(0, string.Join('\n', child.Lines));
    }

    /// <summary>Starts a supervisor and returns once its service runs.</summary>
    /// <returns>The pid of the service.</returns>
    public async Task<int> StartReadyAsync()
    {
        await Start().LineAsync($"group {Name} Starting -> Ready");
        return ServicePids.Should().ContainSingle().Which;
    }

    /// <summary>Starts a supervisor in the place of one that was killed, and returns once it has taken the service over.</summary>
    /// <returns>The pid of the service.</returns>
    public async Task<int> TakeOverAsync()
    {
        await Start().LineAsync("took over 1 running services");
        return ServicePids.Should().ContainSingle().Which;
    }

    /// <summary>Waits until this one knows another one as a member, or as gone.</summary>
    /// <param name="other">The other one.</param>
    /// <param name="isMember">Which of both.</param>
    /// <param name="times">The how manieth time, of all lines of this supervisor.</param>
    public Task SeesAsync(ClusterSite other, bool isMember, int times = 1) =>
        Until.TrueAsync(
            () =>
                Process.Lines.Count(line =>
                    line.Contains($"/{other.Name} at ", StringComparison.Ordinal)
                    && line.Contains("cluster: ", StringComparison.Ordinal)
                    && line.EndsWith(isMember ? "is a member" : "is gone", StringComparison.Ordinal)
                ) >= times,
            $"{Name} sees {other.Name} {(isMember ? "come" : "go")}"
        );

    /// <summary>Runs redbctl beside it.</summary>
    public async Task<(int Code, string Output)> CtlAsync(params string[] arguments)
    {
        string[] line = [.. arguments, "--data-dir", Path.Combine(Folder, "data")];
        (string, string)[] variables = [("HOME", Folder), ("REDBCTL_ANSWER_TIMEOUT", "20s")];
        await using var ctl =
            _machine?.Start(Programs.Ctl, line, variables) ?? Child.Start(Programs.Ctl, line, Folder, variables);
        var code = await ctl.EndAsync();
        return (code, string.Join('\n', ctl.Lines));
    }

    /// <summary>What keeps it from the other hosts, as <c>redbctl status</c> shows it; nothing while all is well.</summary>
    public async Task<IReadOnlyList<string>> TroublesAsync()
    {
        var (code, output) = await CtlAsync("status", "-o", "json");
        code.Should().Be(0, output);
        using var document = JsonDocument.Parse(output);
        return
        [
            .. document.RootElement.GetProperty("cluster").EnumerateArray().Select(trouble => trouble.GetString()!),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in _past)
        {
            if (Signals.IsRunning(child.Pid))
            {
                child.Signal("CONT");
                child.Signal("KILL");
                await child.EndAsync();
            }

            await child.DisposeAsync();
        }

        foreach (var pid in ServicePids)
        {
            Signals.SendToGroup(pid, "KILL");
        }

        if (_machine is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private string Text(IEnumerable<string> settings) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            supervisor: {port: 50000}
            database: {name: redb_{{Name}}, user: redb_{{Name}}, provider: embedded}
            keyring: {backend: file, path: {{Folder}}/keys/keyring.json}
            instance_group: {group_id: {{Name}}, port_offset: {{_ports.Offset}}}
            cluster:
              host_name: {{Name}}
            {{string.Join('\n', settings.Select(setting => $"  {setting}"))}}
            services:
              sleeper:
                enabled: true
                required: true
                executable: /bin/sleep
                args: ['100000']
                dependencies: []
                probes: {readiness: {kind: none}}
            """
        );
}
