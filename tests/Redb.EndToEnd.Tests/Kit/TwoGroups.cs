using System.Globalization;
using Grpc.Net.Client;
using Redb.Protocol.Supervisor;
using Redb.TestKit;

namespace Redb.EndToEnd.Tests.Kit;

/// <summary>One supervisor with two groups, <c>one</c> and <c>two</c>, of the same single service, in one data folder.</summary>
internal sealed class TwoGroups : IAsyncDisposable
{
    private readonly (string Name, int Offset)[] _groups =
    [
        ("one", new GroupFile().Offset),
        ("two", new GroupFile().Offset),
    ];

    private TwoGroups()
    {
        foreach (var (name, offset) in _groups)
        {
            File.WriteAllText(Path.Combine(Folder, $"{name}.yaml"), Text(name, offset));
        }

        Process = Child.Start(
            Programs.Supervisor,
            ["--config", "one.yaml", "--config", "two.yaml", "--data-dir", "data"],
            Folder
        );
    }

    public Child Process { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("redb-e2e-").FullName;

    /// <summary>Starts the supervisor and waits until both groups are ready.</summary>
    public static async Task<TwoGroups> ReadyAsync()
    {
        var groups = new TwoGroups();
        try
        {
            await groups.Process.LineAsync("group one Starting -> Ready");
            await groups.Process.LineAsync("group two Starting -> Ready");
            return groups;
        }
        catch (TimeoutException)
        {
            await groups.DisposeAsync();
            throw;
        }
    }

    /// <summary>The services that a group's own port lists.</summary>
    public async Task<IReadOnlyList<ServiceStatus>> ListAsync(int group)
    {
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{50_000 + _groups[group].Offset}");
        var client = new SupervisorService.SupervisorServiceClient(channel);
        return (
            await client.ListServicesAsync(new(), cancellationToken: TestContext.Current.CancellationToken)
        ).Services;
    }

    public async ValueTask DisposeAsync()
    {
        if (Signals.IsRunning(Process.Pid))
        {
            Process.Signal("TERM");
            Process.Signal("TERM");
            await Process.EndAsync();
        }

        await Process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Text(string group, int offset) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            supervisor: {port: 50000}
            database: {name: redb}
            instance_group: {group_id: {{group}}, port_offset: {{offset}}}
            services:
              printer:
                enabled: true
                required: true
                executable: /bin/sh
                args: ['-c', 'echo I am of {{group}}; exec sleep 1000']
                probes:
                  readiness: {kind: none}
            """
        );
}
