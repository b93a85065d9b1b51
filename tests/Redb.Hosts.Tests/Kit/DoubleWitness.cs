using System.Text;
using Redb.TestKit;
using Redb.TestKit.Hosts;

namespace Redb.Hosts.Tests.Kit;

/// <summary>Looks at the processes of the hosts again and again, whatever their supervisors say: whether a service ever has two.</summary>
internal sealed class DoubleWitness : IAsyncDisposable
{
    // What every launch writes into the environment: GROUP/SERVICE#RUN@FOLDER.
    private const string Mark = "REDB_SUPERVISOR_RUN=";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(25);

    private readonly string[] _folders;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _doubles = new(StringComparer.Ordinal);

    /// <summary>Begins to look.</summary>
    public DoubleWitness(IEnumerable<ClusterSite> sites)
    {
        _folders = [.. sites.Select(site => site.Folder)];
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>How often it has looked.</summary>
    public int Looks { get; private set; }

    /// <summary>Services with two processes, and which.</summary>
    public IReadOnlyList<string> Doubles
    {
        get
        {
            lock (_lock)
            {
                return [.. _doubles];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop.WaitAsync(Child.Patience);
        _end.Dispose();
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(s_pause);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                Look();
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the test.
        }
    }

    private void Look()
    {
        var doubled = ProcessTree
            .Pids()
            .Select(pid => (Pid: pid, Service: ServiceOf(pid)))
            .Where(process => process.Service is not null && ProcessTree.IsLeader(process.Pid))
            .GroupBy(process => process.Service!, process => process.Pid, StringComparer.Ordinal)
            .Where(service => service.Count() > 1)
            .Select(service => $"{service.Key}: {string.Join(", ", service)}");
        lock (_lock)
        {
            _doubles.UnionWith(doubled);
            Looks++;
        }
    }

    // Null as well for one that has ended: nobody has reaped it, and its environment is gone.
    private string? ServiceOf(int pid)
    {
        try
        {
            var mark = Encoding
                .UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/environ"))
                .Split('\0')
                .FirstOrDefault(variable => variable.StartsWith(Mark, StringComparison.Ordinal));
            return mark is not null && _folders.Any(folder => mark.Contains($"@{folder}/", StringComparison.Ordinal))
                ? mark[Mark.Length..mark.IndexOf('#', StringComparison.Ordinal)]
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
