using System.Globalization;
using System.Text;
using Redb.TestKit;

namespace Redb.Chaos.Invariants;

/// <summary>
/// Looks at <c>/proc</c> again and again and remembers every process of every service that works in a folder: what the supervisor
/// says of itself is not asked.
/// </summary>
internal sealed class ProcessWitness : IAsyncDisposable
{
    private const string NameVariable = "SERVICE_NAME=";
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(15);

    // A process that has just been forked has not got its own session and environment yet: it is looked at again at once; one that
    // is still nobody's service later, only now and then.
    private const int FirstLooks = 4;
    private const int LooksBetween = 40;

    private readonly string _folder;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;
    private readonly Lock _lock = new();
    private readonly List<Life> _lives = [];
    private readonly Dictionary<int, (int Looks, long Next)> _strangers = [];
    private readonly List<string> _doubles = [];
    private long _look;

    /// <summary>Begins to look.</summary>
    /// <param name="folder">Where the services work; nobody else does.</param>
    public ProcessWitness(string folder)
    {
        _folder = folder;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Moments in which a service had two processes.</summary>
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

    /// <summary>Every process so far, in the order in which they were seen.</summary>
    public IReadOnlyList<Life> Lives
    {
        get
        {
            lock (_lock)
            {
                return [.. _lives];
            }
        }
    }

    /// <summary>The process a service has now; null when it has none.</summary>
    public Life? Current(string service)
    {
        lock (_lock)
        {
            return _lives.LastOrDefault(life => life.IsAlive && life.Service == service);
        }
    }

    /// <summary>Waits until a service has a process other than the one it had.</summary>
    public async Task<Life> SuccessorAsync(Life life)
    {
        Life? next = null;
        await Until.TrueAsync(
            () => (next = Current(life.Service)) is not null && next != life,
            $"{life} has a successor"
        );
        return next!;
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
            do
            {
                lock (_lock)
                {
                    Look();
                }
            } while (await timer.WaitForNextTickAsync(_end.Token));
        }
        catch (OperationCanceledException)
        {
            // The end of the test.
        }
    }

    private void Look()
    {
        _look++;
        var known = _lives.Where(life => life.IsAlive).Select(life => life.Pid).ToHashSet();
        foreach (var pid in ProcessTree.Pids().Where(pid => !known.Contains(pid)))
        {
            var (looks, next) = _strangers.GetValueOrDefault(pid);
            if (next > _look)
            {
                continue;
            }

            if (Read(pid) is { } life)
            {
                _lives.Add(life);
                _strangers.Remove(pid);
            }
            else
            {
                _strangers[pid] = (looks + 1, _look + (looks < FirstLooks ? 1 : LooksBetween));
            }
        }

        Follow();
    }

    private void Follow()
    {
        // After the new ones were found: who is alive now was alive together with them.
        foreach (var life in _lives.Where(life => life.IsAlive))
        {
            life.IsAlive = StartTicks(life.Pid) == life.StartTicks;
            life.LastLook = life.IsAlive ? _look : life.LastLook;
        }

        foreach (
            var service in _lives.Where(life => life.IsAlive).GroupBy(life => life.Service, StringComparer.Ordinal)
        )
        {
            if (service.Count() > 1)
            {
                _doubles.Add(string.Join(" beside ", service));
            }
        }
    }

    private Life? Read(int pid)
    {
        try
        {
            if (Session(pid) != pid || new FileInfo($"/proc/{pid}/cwd").LinkTarget != _folder)
            {
                return null;
            }

            var name = Encoding
                .UTF8.GetString(File.ReadAllBytes($"/proc/{pid}/environ"))
                .Split('\0')
                .FirstOrDefault(variable => variable.StartsWith(NameVariable, StringComparison.Ordinal));
            return name is not null && StartTicks(pid) is { } ticks
                ? new(name[NameVariable.Length..], pid, ticks, _look)
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int? Session(int pid) =>
        Fields(pid) is { } fields ? int.Parse(fields[3], CultureInfo.InvariantCulture) : null;

    /// <summary>When a process began; null when it has ended, reaped or not.</summary>
    private static long? StartTicks(int pid) =>
        Fields(pid) is { } fields && fields[0] is not ("Z" or "X")
            ? long.Parse(fields[19], CultureInfo.InvariantCulture)
            : null;

    // After the name in parentheses: state, parent, group, session, and the start as the twentieth.
    private static string[]? Fields(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
