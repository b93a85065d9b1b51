using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>Sees runs end, ends the rest of their process groups, reaps our children and tells the owners.</summary>
/// <remarks>.NET reaps only the children of System.Diagnostics.Process, and knows nothing of those that posix_spawn made.</remarks>
internal sealed partial class ExitWatcher : IDisposable
{
    private const long WakeToken = 0;
    private const int TokensAtOnce = 64;
    private const string Nowhere = "/dev/null";

    private readonly ConcurrentDictionary<long, WatchedProcess> _processes = new();
    private readonly Epoll _epoll = new();
    private readonly SafeFileHandle _wake = Epoll.Owned(Libc.EventFd(0, Libc.CloseOnExec | Libc.NonBlocking));
    private readonly OrphanReaper _orphans;
    private readonly TimeSpan _orphanInterval;
    private readonly ILogger<ExitWatcher> _logger;
    private readonly Thread _thread;
    private long _lastToken;
    private int _spawning;
    private volatile bool _stopping;

    public ExitWatcher(IOptions<ProcessOptions> options, ILogger<ExitWatcher> logger)
    {
        _logger = logger;
        _orphanInterval = options.Value.OrphanInterval;
        Inherited = new(options.Value.TakesInherited);
        _orphans = new(pid => Inherited.Contains(pid) || _processes.Values.Any(process => process.Pid == pid));
        _epoll.Watch(_wake, WakeToken);
        _thread = new(Watch) { IsBackground = true, Name = "exit watcher" };
        _thread.Start();
    }

    /// <summary>What was left to us by the program that was in this process before.</summary>
    public InheritedChildren Inherited { get; }

    /// <summary>Spawns a child and watches it, however soon it ends.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="prepare">Runs after the spawn and before any end is told; the child is ended when it returns a reason.</param>
    /// <param name="ended">Told the end once, on the watcher's thread; must not block.</param>
    /// <param name="child">The child, or null when there is none.</param>
    /// <returns>Null, or a sentence on why there is no child.</returns>
    public string? Spawn(
        SpawnRequest request,
        Func<ChildProcess, string?> prepare,
        Action<WatchedProcess, ChildExit> ended,
        out ChildProcess? child
    )
    {
        // A child that is not yet in the table looks like an adopted orphan if it dies now.
        Interlocked.Increment(ref _spawning);
        try
        {
            var error = PosixSpawn.Start(request, out var pid);
            if (IsFailingDisk(error) && request.Output is null)
            {
                // A service without a log is better than no service.
                LogWithoutOutput(request.OutputFile, Errno.Describe(error), request.Path);
                error = PosixSpawn.Start(request with { OutputFile = Nowhere }, out pid);
            }

            child = error == 0 ? new(pid, ended) : null;
            return child is null ? SpawnRefusal.Explain(request, error) : Take(ref child, prepare);
        }
        finally
        {
            Interlocked.Decrement(ref _spawning);
        }
    }

    /// <summary>Watches a process that exists, from now on; one that is dead by now is told as any other.</summary>
    public void Watch(WatchedProcess process)
    {
        var token = Interlocked.Increment(ref _lastToken);
        _processes[token] = process;
        _epoll.Watch(process.Descriptor, token);
    }

    private static bool IsFailingDisk(int error) =>
        error is Errno.ReadOnlyFileSystem or Errno.NoSpace or Errno.QuotaExceeded or Errno.InputOutput;

    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        Wake();
        _thread.Join();
        foreach (var process in _processes.Values)
        {
            process.Dispose();
        }

        _epoll.Dispose();
        _wake.Dispose();
    }

    private string? Take(ref ChildProcess? child, Func<ChildProcess, string?> prepare)
    {
        var refusal = child!.Descriptor.IsInvalid
            ? "no file descriptor is left to watch the process with."
            : prepare(child);
        if (refusal is null)
        {
            Watch(child);
        }
        else
        {
            Discard(child);
            child = null;
        }

        return refusal;
    }

    private static void Discard(ChildProcess child)
    {
        _ = child.Signal(Libc.SigKill);
        _ = child.TakeExit();
        child.Dispose();
    }

    private unsafe void Wake()
    {
        var one = 1L;
        _ = Libc.Write(_wake, (byte*)&one, sizeof(long));
    }

    private void Watch()
    {
        var tokens = new long[TokensAtOnce];
        var areOrphansOurs = OrphanReaper.AreOurs();
        while (!_stopping)
        {
            var hasOthers = areOrphansOurs || Inherited.Any;
            var count = _epoll.Wait(tokens, hasOthers ? (int)_orphanInterval.TotalMilliseconds : -1);
            foreach (var token in tokens.AsSpan(0, count))
            {
                if (_processes.TryRemove(token, out var process))
                {
                    End(process);
                }
            }

            if (count == 0 && hasOthers && Volatile.Read(ref _spawning) == 0)
            {
                ReapOthers(areOrphansOurs);
            }
        }
    }

    private void End(WatchedProcess process)
    {
        try
        {
            _epoll.Forget(process.Descriptor);
            var exit = process.TakeExit();
            process.Dispose();
            process.Tell(exit);
        }
        catch (Exception failure)
        {
            LogEndFailed(process.Pid, failure);
        }
    }

    private void ReapOthers(bool areOrphansOurs)
    {
        try
        {
            Inherited.Reap();
            if (areOrphansOurs)
            {
                _orphans.Reap();
            }
        }
        catch (Exception failure)
        {
            LogOrphansFailed(failure);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The end of process {Pid} could not be told.")]
    private partial void LogEndFailed(int pid, Exception failure);

    [LoggerMessage(2, LogLevel.Error, "Adopted orphans could not be reaped.")]
    private partial void LogOrphansFailed(Exception failure);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "{File} cannot be written ({Cause}): {Program} is started without a log, what it prints is lost until it is started again."
    )]
    private partial void LogWithoutOutput(string file, string cause, string program);
}
