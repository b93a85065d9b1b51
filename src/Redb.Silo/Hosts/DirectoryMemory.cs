using System.Collections.Immutable;
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

    // When hosts were last heard is written this often, if nothing else is new.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);

    private readonly string _file = Path.Combine(supervisor.DataDirectory, "cluster-directory");
    private ImmutableSortedDictionary<string, HostRecord> _saved = DirectoryMachine.Empty;
    private long _savedAt = time.GetTimestamp();
    private bool _isInTrouble;

    /// <summary>Pause after it was written: up to two minutes, so that it costs no more than a thousandth of the time in a large cluster or on a busy machine.</summary>
    /// <param name="took">How long it took.</param>
    public static TimeSpan Pause(TimeSpan took)
    {
        var pause = 1000 * took;
        return pause < s_interval ? s_interval
            : pause > s_longest ? s_longest
            : pause;
    }

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
        try
        {
            var pause = s_interval;
            while (true)
            {
                await Task.Delay(pause, time, stoppingToken);
                pause = SaveNews();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The supervisor ends.
        }
    }

    // Returns how long to leave it at that.
    private TimeSpan SaveNews()
    {
        if (time.GetElapsedTime(_savedAt) < s_longest && DirectoryMachine.SaysTheSame(_saved, directory.Records))
        {
            return s_interval;
        }

        var began = time.GetTimestamp();
        Save();
        return Pause(time.GetElapsedTime(began));
    }

    private void Save()
    {
        try
        {
            var records = directory.Records;
            WholeFile.Replace(_file, stream => serializer.Serialize([.. records.Values], stream));
            (_saved, _savedAt, _isInTrouble) = (records, time.GetTimestamp(), false);
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
