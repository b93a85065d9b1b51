using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Redb.Benchmarks.World;

/// <summary>A server under measurement, from its start to its end.</summary>
internal sealed partial class ServerProgram : IAsyncDisposable
{
    private const int Terminate = 15;

    // Far above what any of them takes, so that only what never comes fails.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(1);

    private readonly Process _process;
    private readonly long _startedAt;

    private ServerProgram(Process process, long startedAt) => (_process, _startedAt) = (process, startedAt);

    /// <summary>CPU time it has used so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Time since just before it was started.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(_startedAt);

    public static ServerProgram Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = new Process { StartInfo = start };
        // Read, or the program stops at a full pipe; kept nowhere, because its exit code says enough.
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        var startedAt = Stopwatch.GetTimestamp();
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return new(process, startedAt);
    }

    /// <summary>Waits until the port accepts a connection.</summary>
    /// <returns>The time since just before the program was started.</returns>
    public async Task<TimeSpan> ListeningAsync(int port)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var attempts = new PeriodicTimer(BetweenAttempts);
        while (!await AcceptsAsync(port))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"{_process.StartInfo.FileName} ended: {_process.ExitCode}");
            }

            await attempts.WaitForNextTickAsync(patience.Token);
        }

        return Age;
    }

    /// <summary>Asks it to stop, which takes its services with it, and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        using (_process)
        {
            if (!_process.HasExited)
            {
                _ = Kill(_process.Id, Terminate);
            }

            using var patience = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(patience.Token);
        }
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
