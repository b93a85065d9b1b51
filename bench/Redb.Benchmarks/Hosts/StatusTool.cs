using System.Text.Json;
using Redb.Abstractions.Supervision;
using Redb.Cli;
using Redb.Cli.Clients;
using Redb.Cli.Commands;
using Redb.Cli.Rendering;

namespace Redb.Benchmarks.Hosts;

/// <summary>The real redbctl, in this process and connected in memory to one of the hosts.</summary>
internal sealed class StatusTool : ISupervisorConnector, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("redb-tool-").FullName;
    private readonly IGrainFactory _grains;

    public StatusTool(IGrainFactory grains, SimulatedHost host)
    {
        _grains = grains;
        var address = new SupervisorAddress(
            Environment.ProcessId,
            host.Name,
            [.. host.Groups.Select(key => key.Group)],
            "127.0.0.1:1",
            "redb",
            "redb",
            "simulated"
        );
        File.WriteAllText(
            Path.Combine(_folder, SupervisorAddress.FileName),
            JsonSerializer.Serialize(address, AddressJsonContext.Default.SupervisorAddress)
        );
    }

    /// <summary>Runs <c>redbctl status -A</c>, and returns how much it printed.</summary>
    public async Task<int> RunAsync()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var traits = new TerminalTraits(false, false, IsColoured: false, IsColourForced: false, Width: 160);
        var context = new CommandContext(
            new Terminal(output, error, traits),
            TimeProvider.System,
            this,
            new SupervisorDirectory(_ => null, _ => true),
            IsDebugged: true
        )
        {
            Variable = _ => null,
        };
        var code = await new Application(context).RunAsync(["status", "-A", "--data-dir", _folder], default);
        return code == ExitCode.Done
            ? output.GetStringBuilder().Length
            : throw new InvalidOperationException($"status -A ended with {code}: {error}");
    }

    public Task<ISupervisorConnection> ConnectAsync(SupervisorAddress address, CancellationToken cancellationToken) =>
        Task.FromResult<ISupervisorConnection>(new Connection(_grains));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed record Connection(IGrainFactory Grains) : ISupervisorConnection
    {
        public CancellationToken Lost => CancellationToken.None;

        public ValueTask DisposeAsync() => default;
    }
}
