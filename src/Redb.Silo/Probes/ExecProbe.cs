using Redb.Grains.Probes;
using Redb.Silo.Processes;

namespace Redb.Silo.Probes;

/// <summary>Passes when a command exits 0. The command and its children are killed when the time is over.</summary>
internal sealed class ExecProbe(ExitWatcher watcher) : IProbe
{
    public string Describe(ProbeTarget target) => $"exec {string.Join(' ', target.Probe.Command)}";

    public async Task<ProbeResult> AskAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        if (target.Probe.Command is not [var name, ..] || ExecutablePath.Resolve(name) is not { } path)
        {
            return new(false, SpawnRefusal.NotInPath(target.Probe.Command.FirstOrDefault("")));
        }

        using var output = new ProbeOutput();
        var ended = new TaskCompletionSource<ChildExit>(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = new SpawnRequest
        {
            Path = path,
            Arguments = target.Probe.Command,
            Environment = ChildEnvironment.With(target.Environment),
            WorkingDirectory = target.WorkingDirectory.Length == 0 ? "" : Path.GetFullPath(target.WorkingDirectory),
            Output = output.File,
        };
        if (watcher.Spawn(request, _ => null, (_, exit) => ended.TrySetResult(exit), out var child) is { } refusal)
        {
            return new(false, $"{Describe(target)}: {refusal}");
        }

        try
        {
            var exit = await ended.Task.WaitAsync(cancellationToken);
            return new(exit.Code == 0, $"{Describe(target)} {DescribeEnd(exit)}{output.ReadLastLine()}");
        }
        catch (OperationCanceledException)
        {
            // Reaped by the watcher when it is dead; nobody needs to wait for that.
            _ = child!.Signal(Libc.SigKill);
            throw;
        }
    }

    private static string DescribeEnd(ChildExit exit) =>
        exit.Signal is { } signal
            ? $"was ended by signal {signal}"
            : $"exited with {exit.Code?.ToString() ?? "unknown"}";
}
