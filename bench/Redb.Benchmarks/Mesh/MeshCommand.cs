using System.CommandLine;
using System.Diagnostics;
using Redb.Benchmarks.World;

namespace Redb.Benchmarks.Mesh;

/// <summary><c>mesh</c>: what many groups that are all peers of each other cost, and how soon all of them hear of a change.</summary>
internal static class MeshCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var hosts = new Option<int[]>("--hosts")
        {
            Description = "Pretended hosts.",
            DefaultValueFactory = _ => [10, 30, 100],
            AllowMultipleArgumentsPerToken = true,
        };
        var groups = new Option<int>("--groups") { Description = "Groups on each.", DefaultValueFactory = _ => 10 };
        var changes = new Option<int>("--changes")
        {
            Description = "Mesh services that crash, one after the other.",
            DefaultValueFactory = _ => 10,
        };
        var json = new Option<string?>("--json") { Description = "File for the figures." };
        var command = new Command("mesh", "A mesh of many groups in one process.") { hosts, groups, changes, json };
        command.SetAction(
            async (parsed, _) =>
            {
                var figures = new List<MeshFigures>();
                foreach (var count in parsed.GetRequiredValue(hosts))
                {
                    figures.Add(await MeasureAsync(count, parsed.GetValue(groups), parsed.GetValue(changes)));
                }

                await Results.WriteAsync(figures, parsed.GetValue(json));
            }
        );
        return command;
    }

    private static async Task<MeshFigures> MeasureAsync(int hosts, int groups, int changes)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var mesh = new MeshInProcess(hosts, groups);
        var clock = Stopwatch.StartNew();
        await mesh.StartAsync();
        var whole = mesh.Meshes.Whole;
        await Until.TrueAsync(() => mesh.Meshes.Count == whole, $"{whole} sessions", Patience);
        var started = clock.Elapsed;

        var took = new List<double>();
        for (var change = 0; change < changes; change++)
        {
            took.Add((await ChangeAsync(mesh, change * mesh.Count / changes)).TotalMilliseconds);
            await Until.TrueAsync(() => mesh.Meshes.Count == whole, $"{whole} sessions again", Patience);
        }

        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        var cpu = await IdleCpuAsync();
        return new(hosts, mesh.Count, started.TotalSeconds, Spread.Of(took), memory / 1024.0 / mesh.Count, cpu);
    }

    // Everybody but the node itself has to ask: those that the node was faster with, too, since both sides try.
    private static async Task<TimeSpan> ChangeAsync(MeshInProcess mesh, int index)
    {
        var began = TimeProvider.System.GetTimestamp();
        await mesh.CrashAsync(index);
        await Until.TrueAsync(
            () => mesh.Meshes.Asked.Count >= mesh.Count - 1,
            "everybody to ask for a session",
            Patience
        );
        return TimeProvider.System.GetElapsedTime(began, mesh.Meshes.Asked.Max());
    }

    private static async Task<double> IdleCpuAsync()
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Task.Delay(Idle, TimeProvider.System);
        process.Refresh();
        return (process.TotalProcessorTime - before) / Idle * 100;
    }
}
