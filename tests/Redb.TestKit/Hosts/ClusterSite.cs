using System.Text.Json;

namespace Redb.TestKit.Hosts;

/// <summary>One host of a cluster: a folder with a group or several, whose supervisor is started and ended at will.</summary>
internal sealed class ClusterSite : IAsyncDisposable
{
    private const string Loopback = "127.0.0.1";

    private readonly TestHost? _machine;
    private readonly List<Child> _past = [];

    /// <summary>Makes the folder and the files.</summary>
    /// <param name="name">Name of its host, and of its group; of several groups the name has a number.</param>
    /// <param name="settings">Lines of its <c>cluster</c> section.</param>
    /// <param name="machine">The machine it runs on; null for this one.</param>
    /// <param name="meshNodes">The mesh nodes of its groups; none for one group without a mesh service.</param>
    public ClusterSite(
        string name,
        IEnumerable<string> settings,
        TestHost? machine = null,
        IReadOnlyList<ulong>? meshNodes = null
    )
    {
        (Name, _machine) = (name, machine);
        Folder = machine?.Folder ?? Directory.CreateTempSubdirectory($"redb-site-{name}-").FullName;
        Groups = meshNodes is null
            ? [new(name, PortLane.NextOffset(), null)]
            : [.. meshNodes.Select((node, index) => new SiteGroup($"{name}{index}", PortLane.NextOffset(), node))];
        foreach (var group in Groups)
        {
            File.WriteAllText(
                Path.Combine(Folder, group.File),
                group.Text(name, Folder, machine?.Address.ToString() ?? Loopback, settings)
            );
        }
    }

    public string Name { get; }

    public string Folder { get; }

    public IReadOnlyList<SiteGroup> Groups { get; }

    /// <summary>Further variables of its supervisors. Default none.</summary>
    public (string Name, string Value)[] Environment { get; init; } = [];

    /// <summary>The supervisor that was started last.</summary>
    public Child Process => _past[^1];

    /// <summary>Every process of its services: one each, or something is wrong.</summary>
    public IReadOnlyList<int> ServicePids => [.. ProcessTree.LeadersIn(Folder).Order()];

    /// <summary>The processes of its sleeping services, one for each group.</summary>
    public IReadOnlyList<int> SleeperPids =>
        [.. ServicePids.Where(pid => string.Equals(ProcessTree.NameOf(pid), "sleep", StringComparison.Ordinal))];

    /// <summary>How its supervisors are told what to run.</summary>
    public IReadOnlyList<string> Arguments =>
        [.. Groups.SelectMany(group => new[] { "--config", group.File }), "--data-dir", "data"];

    /// <summary>Starts a supervisor and returns at once.</summary>
    public Child Start(params string[] arguments)
    {
        string[] line = [.. Arguments, .. arguments];
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

    /// <summary>Initializes the nodes, and with them what the cluster needs.</summary>
    public async Task InitializeAsync()
    {
        var child = Start("--initialize", "--yes");
        (await child.EndAsync()).Should().Be(0, string.Join('\n', child.Lines));
    }

    /// <summary>Starts a supervisor and returns once its groups are Ready.</summary>
    /// <returns>The pid of its service; of several, of the first.</returns>
    public async Task<int> StartReadyAsync()
    {
        var process = Start();
        foreach (var group in Groups)
        {
            await process.LineAsync($"group {group.Name} ", "-> Ready");
        }

        ServicePids.Should().HaveCount(Groups.Sum(group => group.Services));
        return ServicePids[0];
    }

    /// <summary>Starts a supervisor in the place of one that was killed, and returns once it has taken the services over.</summary>
    /// <returns>The pid of its service; of several, of the first.</returns>
    public async Task<int> TakeOverAsync()
    {
        Start();
        await TookOverAsync(times: 1);
        return ServicePids[0];
    }

    /// <summary>Waits until the supervisor that was started last has taken the services of all groups over, so many times.</summary>
    public Task TookOverAsync(int times) =>
        Until.TrueAsync(
            () => Count(line => line.Contains("took over ", StringComparison.Ordinal)) >= times * Groups.Count,
            $"the supervisor of {Name} takes its services over"
        );

    /// <summary>What all its supervisors have said.</summary>
    public IEnumerable<string> Lines => _past.SelectMany(child => child.Lines);

    /// <summary>How often its supervisor said something.</summary>
    public int Count(Func<string, bool> isMeant) => Process.Lines.Count(isMeant);

    /// <summary>How often this supervisor has told of another one that came, or that went.</summary>
    public int Sightings(ClusterSite other, bool isMember) =>
        Count(line =>
            line.Contains($"/{other.Groups[0].Name}", StringComparison.Ordinal)
            && line.Contains("cluster: ", StringComparison.Ordinal)
            && line.EndsWith(isMember ? "is a member" : "is gone", StringComparison.Ordinal)
        );

    /// <summary>Waits until this one knows another one as a member, or as gone.</summary>
    /// <param name="other">The other one.</param>
    /// <param name="isMember">Which of both.</param>
    /// <param name="times">The how manieth time, of all lines of this supervisor.</param>
    public Task SeesAsync(ClusterSite other, bool isMember, int times = 1) =>
        Until.TrueAsync(
            () => Sightings(other, isMember) >= times,
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

    /// <summary>Kills everything on it, as when it loses its power.</summary>
    public async Task LosePowerAsync()
    {
        if (Signals.IsRunning(Process.Pid))
        {
            Process.Signal("KILL");
        }

        foreach (var pid in ServicePids)
        {
            Signals.SendToGroup(pid, "KILL");
        }

        await Process.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_past.Count > 0)
        {
            await LosePowerAsync();
        }

        foreach (var child in _past)
        {
            await child.DisposeAsync();
        }

        if (_machine is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
