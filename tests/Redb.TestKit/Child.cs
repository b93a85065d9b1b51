using System.Collections.Concurrent;
using System.Diagnostics;

namespace Redb.TestKit;

/// <summary>A program under test: its lines as they come, its end, and certainty that it is gone afterwards.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly SemaphoreSlim _news = new(0);
    private int _openStreams = 2;

    private Child(ProcessStartInfo start)
    {
        _process = new() { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    /// <summary>Longest wait for anything: far above what is needed on a loaded machine, so that only what never comes fails.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public int Pid => _process.Id;

    public IReadOnlyCollection<string> Lines => _lines;

    public static Child Start(
        string program,
        IEnumerable<string> arguments,
        string workingDirectory,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        // In the working directory: supervisors of different tests do not find each other.
        start.Environment["REDB_CLUSTER_DIRECTORY"] = "cluster";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new Child(start);
        child._process.Start();
        child._process.StandardInput.Close();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The first line that has all the texts in it, whether it has come already or is still to come.</summary>
    public async Task<string> LineAsync(params string[] texts)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            while (true)
            {
                // Asked first: no line comes after both streams have ended.
                var isOver = Volatile.Read(ref _openStreams) == 0;
                var found = _lines.FirstOrDefault(line =>
                    texts.All(text => line.Contains(text, StringComparison.Ordinal))
                );
                if (found is not null)
                {
                    return found;
                }

                if (isOver)
                {
                    throw new TimeoutException(
                        $"It ended without a line with '{string.Join("' and '", texts)}'. What came:\n{string.Join('\n', _lines)}"
                    );
                }

                await _news.WaitAsync(patience.Token);
            }
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException(
                $"No line with '{string.Join("' and '", texts)}' came. What came:\n{string.Join('\n', _lines)}",
                late
            );
        }
    }

    /// <summary>Sends a signal by name, such as TERM.</summary>
    public void Signal(string name) => Signals.Send(Pid, name);

    /// <summary>Waits for its end and returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException(
                $"{_process.StartInfo.FileName} did not end. What it said:\n{string.Join('\n', _lines)}",
                late
            );
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
        else
        {
            Interlocked.Decrement(ref _openStreams);
        }

        _news.Release();
    }
}
