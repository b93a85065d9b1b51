using Orleans.Serialization;
using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;
using Redb.Silo.Hosting;

namespace Redb.Silo.Hosts;

/// <summary>Keeps what is known of the other hosts in a file, so that it is known after all supervisors were gone at once.</summary>
internal sealed partial class DirectoryMemory(
    ClusterDirectory directory,
    Serializer<HostRecord[]> serializer,
    SupervisorView supervisor,
    TimeProvider time,
    ILogger<DirectoryMemory> logger
) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(20);

    private readonly string _file = Path.Combine(supervisor.DataDirectory, "cluster-directory");
    private bool _isInTrouble;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var remembered = await File.ReadAllBytesAsync(_file, cancellationToken);
            directory.Hear(new DirectoryInput.Remembered([.. serializer.Deserialize(remembered) ?? []]));
        }
        catch (FileNotFoundException)
        {
            // The first time.
        }
        catch (Exception failure)
        {
            // The top of a reader of bytes that anybody may have changed. Everybody says again who they are.
            LogUnreadable(_file, failure.Message);
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Save();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Save();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The supervisor ends.
        }
    }

    private void Save()
    {
        try
        {
            WholeFile.Replace(_file, stream => serializer.Serialize([.. directory.Records.Values], stream));
            _isInTrouble = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!_isInTrouble)
            {
                LogUnwritable(_file, failure.Message);
            }

            _isInTrouble = true;
        }
    }

    [LoggerMessage(1411, LogLevel.Warning, "{File} could not be read and is begun anew: {Cause}")]
    private partial void LogUnreadable(string file, string cause);

    [LoggerMessage(
        1412,
        LogLevel.Warning,
        "{File} cannot be written, and other hosts may be forgotten when all supervisors end: {Cause}"
    )]
    private partial void LogUnwritable(string file, string cause);
}
