using System.Globalization;
using System.Text.Json;
using Redb.TestKit;

namespace Redb.EndToEnd.Tests.Kit;

/// <summary>
/// A cluster of two supervisors on this machine, each under the name of a host of its own: <c>north</c> with group <c>one</c>, <c>south</c> with
/// group <c>two</c>, one service each. A file <c>refuse-GROUP</c> in the folder keeps the service from starting.
/// </summary>
public sealed class TwoHosts : IAsyncLifetime
{
    private readonly Dictionary<string, Child> _supervisors = new(StringComparer.Ordinal);

    internal string Folder { get; } = Directory.CreateTempSubdirectory("redb-e2e-").FullName;

    public async ValueTask InitializeAsync()
    {
        Write("north", "one", new GroupFile().Offset);
        Write("south", "two", new GroupFile().Offset);
        Launch("north");
        Launch("south");
        await _supervisors["north"].LineAsync("group one Starting -> Ready");
        await _supervisors["south"].LineAsync("group two Starting -> Ready");
    }

    /// <summary>Starts the supervisor of a host and returns at once.</summary>
    internal void Launch(string host) =>
        _supervisors[host] = Child.Start(Programs.Supervisor, ["--config", $"{host}.yaml", "--data-dir", host], Folder);

    /// <summary>Sends the supervisor of a host a signal.</summary>
    internal void Signal(string host, string signal) => _supervisors[host].Signal(signal);

    /// <summary>Ends the supervisor of a host by a signal, and waits until it is gone.</summary>
    internal async Task EndAsync(string host, string signal)
    {
        await using var supervisor = _supervisors[host];
        supervisor.Signal(signal);
        await supervisor.EndAsync();
    }

    /// <summary>Runs redbctl as an operator of a host would.</summary>
    internal async Task<(int ExitCode, string Text)> CtlAsync(string host, params string[] arguments)
    {
        await using var ctl = Child.Start(
            Programs.Ctl,
            [.. arguments, "--data-dir", Path.Combine(Folder, host)],
            Folder,
            ("REDBCTL_ANSWER_TIMEOUT", "30s"),
            ("COLUMNS", "200")
        );
        var code = await ctl.EndAsync();
        return (code, string.Join('\n', ctl.Lines));
    }

    /// <summary>A group as another host, or its own, sees it; null where that does not know it.</summary>
    internal async Task<(string State, string Service, int? Pid)?> SeeAsync(string from, string group)
    {
        var (code, text) = await CtlAsync(from, "status", "-A", "-o", "json");
        code.Should().Be(0, text);
        using var document = JsonDocument.Parse(text);
        foreach (var view in document.RootElement.GetProperty("groups").EnumerateArray())
        {
            if (view.GetProperty("group").GetString() == group)
            {
                var service = view.GetProperty("services")[0];
                var pid = service.GetProperty("pid");
                return (
                    view.GetProperty("state").GetString()!,
                    service.GetProperty("state").GetString()!,
                    pid.ValueKind == JsonValueKind.Number ? pid.GetInt32() : null
                );
            }
        }

        return null;
    }

    /// <summary>Waits until a host sees a group in a state, and returns the pid of its service.</summary>
    internal async Task<int?> SeesAsync(string from, string group, string state)
    {
        (string State, string Service, int? Pid)? seen = null;
        await Until.TrueAsync(
            async () => (seen = await SeeAsync(from, group))?.State == state,
            $"{from} sees {group} {state}"
        );
        return seen!.Value.Pid;
    }

    /// <summary>The file whose presence keeps the service of a group from starting.</summary>
    internal string RefusalOf(string group) => Path.Combine(Folder, $"refuse-{group}");

    public async ValueTask DisposeAsync()
    {
        foreach (var supervisor in _supervisors.Values)
        {
            if (Signals.IsRunning(supervisor.Pid))
            {
                supervisor.Signal("TERM");
                supervisor.Signal("TERM");
                await supervisor.EndAsync();
            }

            await supervisor.DisposeAsync();
        }

        foreach (var pid in ProcessTree.LeadersIn(Folder))
        {
            Signals.SendToGroup(pid, "KILL");
        }

        Directory.Delete(Folder, recursive: true);
    }

    private void Write(string host, string group, int offset) =>
        File.WriteAllText(
            Path.Combine(Folder, $"{host}.yaml"),
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                supervisor: {port: 50000}
                cluster: {host_name: {{host}}}
                database: {name: redb}
                instance_group: {group_id: {{group}}, port_offset: {{offset}}}
                services:
                  sleeper:
                    enabled: true
                    required: true
                    executable: /bin/sh
                    args: ['-c', 'test ! -e {{RefusalOf(group)}} && exec sleep 1000']
                    restart: {policy: never}
                    probes:
                      readiness: {kind: none}
                """
            )
        );
}
