using System.Diagnostics;
using System.Globalization;
using Redb.Abstractions.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Services;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

/// <summary>Launches runs the way a supervisor did that is dead by now: with their marks, and as nobody's children.</summary>
internal sealed class EarlierSupervisor(string folder)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<RunIdentity> LaunchAsync(LaunchOrder order) =>
        LaunchUnderAsync(order, Mark(order.Service, order.Run.Value).ToString());

    /// <summary>With another mark, or with none when it is null.</summary>
    public static async Task<RunIdentity> LaunchUnderAsync(LaunchOrder order, string? mark)
    {
        var pid = (await StartAsync(order, mark, "setsid \"$@\" </dev/null >>\"$LOG\" 2>&1 & echo $!")).Single();
        return await IdentifyAsync(pid, mark);
    }

    /// <summary>The same run of many services, each with its own number behind its name.</summary>
    public async Task<RunIdentity[]> LaunchManyAsync(LaunchOrder order, int count)
    {
        var mark = Mark(order.Service with { Service = $"{order.Service.Service}$i" }, order.Run.Value);
        var script = string.Create(
            CultureInfo.InvariantCulture,
            $"i=0; while [ $i -lt {count} ]; do {RunMark.Variable}=\"{mark}\" setsid \"$@\" </dev/null >>\"$LOG\" 2>&1 & echo $!; i=$((i+1)); done"
        );
        var pids = await StartAsync(order, mark: null, script);
        var identities = new List<RunIdentity>();
        foreach (var pid in pids)
        {
            var own = mark with
            {
                Service = string.Create(CultureInfo.InvariantCulture, $"{order.Service.Service}{identities.Count}"),
            };
            identities.Add(await IdentifyAsync(pid, own.ToString()));
        }

        return [.. identities];
    }

    public RunMark Mark(ServiceKey service, long run) => new(service.Group, service.Service, run, folder);

    /// <summary>Ends whatever bears a mark of the folder.</summary>
    public void Clear()
    {
        foreach (var process in MarkedProcess.Find([folder]))
        {
            using var descriptor = process.Open();
            _ = descriptor is not null && PidFd.Signal(descriptor, Libc.SigKill);
        }
    }

    private static async Task<int[]> StartAsync(LaunchOrder order, string? mark, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(order.LogFile)!);
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, "sh", order.Executable, .. order.Arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["LOG"] = order.LogFile, [RunMark.Variable] = mark },
        };
        foreach (var (name, value) in order.Environment)
        {
            start.Environment[name] = value;
        }

        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(Cancellation);
        await shell.WaitForExitAsync(Cancellation);
        return
        [
            .. output
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => int.Parse(line, CultureInfo.InvariantCulture)),
        ];
    }

    private static async Task<RunIdentity> IdentifyAsync(int pid, string? mark)
    {
        await Eventually.True(
            () =>
                ProcessStatus.Read(pid) is { } status
                && (status.IsDead || (status.Session == pid && ProcessEnvironment.Read(pid, RunMark.Variable) == mark)),
            Cancellation,
            "the run leads its session"
        );
        return new(BootId.Current, pid, ProcessStatus.Read(pid)!.Started);
    }
}
