using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Grains.Journal;
using Redb.Grains.Services;
using Redb.Silo.Limits;
using Redb.Silo.Processes;

namespace Redb.Silo.Tests.Processes;

/// <summary>A launcher over real processes with a folder of its own; ends what it started.</summary>
internal sealed class LaunchSite : IAsyncDisposable
{
    private readonly List<RunId> _runs = [];
    private readonly ExitWatcher _watcher;
    private RunId _last;

    public LaunchSite(bool takesInherited = false, LimitOptions? limits = null)
    {
        var options = Options.Create(
            new ProcessOptions
            {
                NotifyFolder = Path.Combine(Folder, "notify"),
                DataFolders = { [Service.Group] = Folder },
                TakesInherited = takesInherited,

                // A busy machine may take its time to end what was killed.
                PortPatience = TimeSpan.FromSeconds(10),
                OrphanInterval = takesInherited ? TimeSpan.FromMilliseconds(50) : new ProcessOptions().OrphanInterval,
            }
        );
        _watcher = new(options, NullLogger<ExitWatcher>.Instance);
        Limits = new(Options.Create(limits ?? new()), TimeProvider.System, NullLogger<ResourceLimits>.Instance);
        var finder = new RunFinder(_watcher, options);
        Launcher = new(_watcher, finder, Limits, options, TimeProvider.System, NullLogger<ProcessLauncher>.Instance);
        Strays = new(finder, _watcher, TimeProvider.System);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("redb-test-").FullName;

    public string LogFile => Path.Combine(Folder, "logs", "service.log");

    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    public FakeReports Reports { get; } = new();

    public ProcessLauncher Launcher { get; }

    public StrayRuns Strays { get; }

    public ResourceLimits Limits { get; }

    public ServiceKey Service { get; } = new("host", "group", "service");

    public RunId LastRun => _last;

    /// <summary>Who launched runs into the same data folder before.</summary>
    public EarlierSupervisor Earlier => new(Folder);

    public T Adopt<T>(LaunchOrder order, RunIdentity? process)
        where T : AdoptResult
    {
        _runs.Add(order.Run);
        return Launcher.Adopt(order, process, Reports).Should().BeOfType<T>().Which;
    }

    public LaunchOrder Shell(string script) => Order("/bin/sh", "-c", script);

    public LaunchOrder Order(string executable, params ImmutableArray<string> arguments) =>
        new()
        {
            Service = Service,
            Run = _last = _last.Next(),
            Executable = executable,
            Arguments = arguments,
            LogFile = LogFile,
        };

    /// <summary>Launches and insists on success.</summary>
    public int Start(LaunchOrder order)
    {
        _runs.Add(order.Run);
        return Launcher.Launch(order, Reports).Should().BeOfType<LaunchResult.Started>().Which.Process.Pid;
    }

    /// <summary>Launches before its grain is there.</summary>
    public int Ahead(LaunchOrder order, Action? whenReady = null, bool isTold = true)
    {
        _runs.Add(order.Run);
        RunIdentity? remembered = null;
        Launcher.DecideAhead(order.Service, new() { Run = order.Run.Value }, isTold, () => { }).Should().BeTrue();
        var launched = Launcher.LaunchAhead(order, whenReady ?? (() => { }), memory => remembered = memory.Process);
        remembered.Should().NotBeNull().And.Be(launched);
        return launched!.Pid;
    }

    public string Refusal(LaunchOrder order) =>
        Launcher.Launch(order, Reports).Should().BeOfType<LaunchResult.Refused>().Which.Reason;

    public async Task<RunExit> ExitAsync() => (await ReportAsync()).Exit;

    public async Task<(RunId Run, RunExit Exit)> ReportAsync() =>
        await Reports
            .Exits.ReadAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);

    /// <summary>The first line of the log that starts with <paramref name="prefix"/>, without it, once it is there and whole.</summary>
    public async Task<string> SaysAsync(string prefix)
    {
        string? Find() =>
            Log.Split('\n')
                .SkipLast(1)
                .Where(line => line.StartsWith(prefix, StringComparison.Ordinal))
                .Select(line => line[prefix.Length..])
                .FirstOrDefault();

        await Eventually.True(
            () => Find() is not null,
            TestContext.Current.CancellationToken,
            $"the log says {prefix}"
        );
        return Find()!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs)
        {
            Launcher.Signal(Service, run, 9);
        }

        Earlier.Clear();
        await Launcher.DisposeAsync();
        _watcher.Dispose();
        await Limits.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
