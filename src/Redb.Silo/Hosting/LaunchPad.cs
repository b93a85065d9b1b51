using Microsoft.Extensions.Options;
using Redb.Grains.Instances;
using Redb.Grains.Journal;
using Redb.Grains.Logs;
using Redb.Grains.Planning;
using Redb.Grains.Services;
using Redb.Silo.Journal;
using Redb.Silo.Limits;
using Redb.Silo.Logs;
using Redb.Silo.Processes;

namespace Redb.Silo.Hosting;

/// <summary>
/// What runs processes, and the ports that they call: there before the host is built, so that the first services need not wait for the half second
/// that a silo takes to start.
/// </summary>
internal sealed class LaunchPad : IAsyncDisposable
{
    // While a silo starts, every launch waits for its turn on a core several times: a hundred of them take half a second instead of a tenth.
    private static readonly TimeSpan Precedence = TimeSpan.FromMilliseconds(250);

    // Grains order what they find done within milliseconds once their group has begun.
    private static readonly TimeSpan TakePatience = TimeSpan.FromSeconds(10);

    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _enough = new();
    private Task _launching = Task.CompletedTask;

    /// <summary>Builds it; nothing is launched yet.</summary>
    /// <param name="plan">What is supervised.</param>
    /// <param name="journal">What outlives the supervisor.</param>
    /// <param name="log">Where troubles are told.</param>
    /// <param name="folders">The data folders that are held.</param>
    public LaunchPad(HostPlan plan, HostJournal journal, SupervisorLog log, HeldFolders folders)
    {
        (Plan, Journal, Log, Folders) = (plan, journal, log, folders);
        Listeners = new(plan);
        var services = new ServiceCollection();
        services.AddLogging(log.Configure);
        services.AddSingleton(plan).AddSingleton<IJournal>(journal).AddSingleton(TimeProvider.System);
        services.AddRedbProcesses();
        services.ConfigureRedbLimits(plan, folders.Own);
        services.Configure<ProcessOptions>(options =>
        {
            options.NotifyFolder = Path.Combine(folders.Own, "notify");
            options.TakesInherited = true;
            foreach (var (group, folder) in folders.ByGroup)
            {
                options.DataFolders[group] = folder;
            }
        });
        services.AddSingleton<LogShelf>().AddSingleton<ILogFiles, LogFiles>().AddOptions<LogOptions>();
        services.AddSingleton<EventLogs>();
        services.AddSingleton<EarlyLaunches>();
        _services = services.BuildServiceProvider();
    }

    public HostPlan Plan { get; }

    public HostJournal Journal { get; }

    public SupervisorLog Log { get; }

    public HeldFolders Folders { get; }

    public EarlyListeners Listeners { get; }

    /// <summary>Binds the ports, and launches what is certain to be launched; what takes more than 250 ms goes on in the background.</summary>
    /// <param name="ended">Nothing more is launched once it is cancelled.</param>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken, or its address is not of this machine.</exception>
    public async Task BeginAsync(CancellationToken ended)
    {
        Listeners.Bind();
        var launches = Get<EarlyLaunches>();
        _launching = launches.RunAsync(_enough.Token, ended);
        await Task.WhenAny(launches.FirstAsync(), Task.Delay(Precedence, TimeProvider.System, CancellationToken.None));
    }

    /// <summary>
    /// Ends what goes on without grains, once all of them are there. Completes when they have taken over all that was launched; what they have not within
    /// 10 s is killed.
    /// </summary>
    public async Task HandOverAsync()
    {
        await EndAsync();
        var launcher = Get<ProcessLauncher>();
        try
        {
            await launcher.AllTakenAsync().WaitAsync(TakePatience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            launcher.DropAhead();
        }
    }

    /// <summary>Registers with the host what both use; it stays ours, and outlives the host.</summary>
    public void Lend(IServiceCollection host)
    {
        host.AddSingleton(Get<IOptions<ProcessOptions>>());
        host.AddSingleton(Get<ExitWatcher>()).AddSingleton(Get<StrayRuns>());
        host.AddSingleton(Get<IProcessLauncher>()).AddSingleton(Get<IResourceLimiter>());
        host.AddSingleton(Get<EventLogs>()).AddSingleton(Get<LogShelf>());
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _enough.Dispose();
        Listeners.Dispose();
        await _services.DisposeAsync();
    }

    private async Task EndAsync()
    {
        await _enough.CancelAsync();
        await _launching.WaitAsync(CancellationToken.None);
    }

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
