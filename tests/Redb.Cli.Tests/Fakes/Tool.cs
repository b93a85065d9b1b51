using System.Text.Json;
using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;
using Redb.Cli.Commands;
using Redb.Cli.Rendering;

namespace Redb.Cli.Tests.Fakes;

/// <summary>redbctl in front of supervisors that tests made up, in a data folder of its own.</summary>
internal sealed class Tool : IDisposable
{
    /// <summary>Process ids from here on are in use.</summary>
    public const int LivePid = 4242;

    private readonly FakeCluster _cluster;
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("redbctl-tests-");
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);

    private int _connects;

    public Tool(FakeCluster cluster)
    {
        _cluster = cluster;
        _environment["XDG_DATA_HOME"] = _home.FullName;
    }

    /// <summary>A host name no other test uses.</summary>
    public string Host { get; } = $"host-{Guid.NewGuid():N}"[..12];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public int Width { get; init; } = TerminalTraits.DefaultWidth;

    /// <summary>As with REDBCTL_DEBUG=1.</summary>
    public bool IsDebugged { get; init; }

    /// <summary>What keeps the first, second... attempt to connect from succeeding; by default nothing.</summary>
    public Func<int, CommandFailure?> OnConnect { get; set; } = static _ => null;

    /// <summary>How often it tried to connect.</summary>
    public int Connects => _connects;

    /// <summary>Ends all processes.</summary>
    public bool IsSupervisorDead { get; set; }

    /// <summary>What the fake grains answer.</summary>
    public FakeWorld World => _cluster.World;

    public string DataOf(string folder) => Path.Combine(_home.FullName, "redb", folder);

    /// <summary>A supervisor with groups, each in the fake cluster.</summary>
    public FakeGroup Supervise(params ReadOnlySpan<FakeGroup> groups)
    {
        foreach (var group in groups)
        {
            _cluster.World.Add(group);
        }

        Announce("one", LivePid, [.. groups.ToArray().Select(group => group.View.Group)]);
        return groups[0];
    }

    /// <summary>Writes an address file.</summary>
    public void Announce(string folder, int pid, params string[] groups)
    {
        Directory.CreateDirectory(DataOf(folder));
        var address = new SupervisorAddress(pid, Host, [.. groups], $"127.0.0.1:{pid}", "redb", "redb", "1.0");
        File.WriteAllText(
            Path.Combine(DataOf(folder), SupervisorAddress.FileName),
            JsonSerializer.Serialize(address, AddressJsonContext.Default.SupervisorAddress)
        );
    }

    public Task<CommandRun> RunAsync(params string[] arguments) =>
        RunAsync(TestContext.Current.CancellationToken, arguments);

    public async Task<CommandRun> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await RunAsync(output, error, cancellationToken, arguments);
        return new(code, output.ToString(), error.ToString());
    }

    public Task<ExitCode> RunAsync(
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken,
        params string[] arguments
    )
    {
        var traits = new TerminalTraits(false, false, IsColoured: false, IsColourForced: false, Width);
        var context = new CommandContext(
            new Terminal(output, error, traits),
            Time,
            new FakeConnector(_cluster.Grains, () => OnConnect(++_connects)),
            new SupervisorDirectory(_environment.GetValueOrDefault, pid => pid >= LivePid && !IsSupervisorDead),
            IsDebugged
        );
        return new Application(context).RunAsync(arguments, cancellationToken);
    }

    public void Dispose() => _home.Delete(recursive: true);
}
