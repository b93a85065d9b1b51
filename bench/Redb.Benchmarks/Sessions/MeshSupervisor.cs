using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Redb.Benchmarks.Sessions;

/// <summary>One supervisor of a cluster, from one start to the next.</summary>
internal sealed partial class MeshSupervisor(string program, string folder, int index, IReadOnlyList<string> groups)
    : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Kill9 = 9;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _data = Path.Combine(folder, $"data{index}");
    private Process? _process;
    private Saying _ready = new(0);
    private Saying _left = new(0);

    /// <summary>How many groups it has.</summary>
    public int Groups => groups.Count;

    /// <summary>Starts it; how a start before ended does not matter.</summary>
    public void Start()
    {
        _ready = new(groups.Count);
        var start = new ProcessStartInfo(
            program,
            [.. groups.SelectMany(group => new[] { "--config", $"{group}.yaml" }), "--data-dir", _data]
        )
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["REDB_CLUSTER_DIRECTORY"] = Path.Combine(folder, "cluster");
        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => Hear(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>When the last of its groups became Ready, as a time stamp.</summary>
    public Task<long> ReadyAsync() => _ready.LastAsync(Patience);

    /// <summary>From now on it is listened for that its groups give peers up.</summary>
    /// <param name="count">By how many sentences.</param>
    public void ExpectLoss(int count) => _left = new(count);

    /// <summary>When it said the last of them, as a time stamp.</summary>
    public Task<long> LossAsync() => _left.LastAsync(Patience);

    /// <summary>Kills it and its services, as when a host loses its power.</summary>
    public async Task KillAsync()
    {
        var services = Services();
        _ = Send(_process!.Id, Kill9);
        foreach (var service in services)
        {
            _ = Send(service, Kill9);
        }

        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _ = Send(_process.Id, Terminate);
        }

        await EndAsync();
    }

    private async Task EndAsync()
    {
        if (_process is not null)
        {
            using var patience = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(patience.Token);
            _process.Dispose();
            _process = null;
        }
    }

    private void Hear(string line)
    {
        if (
            line.Contains("Starting -> Ready", StringComparison.Ordinal)
            && line.Contains("group ", StringComparison.Ordinal)
        )
        {
            _ready.Said();
        }
        else if (line.Contains("peers that left: ", StringComparison.Ordinal))
        {
            _left.Said();
        }
    }

    // They bear the mark of this data folder.
    private List<int> Services() =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0)
                .Where(pid => pid > 0 && pid != _process!.Id && IsMarked(pid)),
        ];

    private bool IsMarked(int pid)
    {
        try
        {
            var environment = Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/environ"));
            return environment
                .Split('\0')
                .Any(variable =>
                    variable.StartsWith("REDB_SUPERVISOR_RUN=", StringComparison.Ordinal)
                    && variable.Contains($"@{_data}", StringComparison.Ordinal)
                );
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int pid, int signal);

    /// <summary>Something that is said a number of times.</summary>
    private sealed class Saying(int times)
    {
        private readonly TaskCompletionSource<long> _last = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = times;

        public void Said()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _last.TrySetResult(Stopwatch.GetTimestamp());
            }
        }

        public Task<long> LastAsync(TimeSpan patience) => _last.Task.WaitAsync(patience);
    }
}
