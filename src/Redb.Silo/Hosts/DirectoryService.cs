using Redb.Grains.Hosts;

namespace Redb.Silo.Hosts;

/// <summary>Hears what the other silos say of themselves.</summary>
internal sealed class DirectoryService(
    GrainId id,
    global::Orleans.Runtime.Silo silo,
    ILoggerFactory loggers,
    ClusterDirectory directory,
    ReportBoard board
) : GrainService(id, silo, loggers), IDirectoryService
{
    public ValueTask HearAsync(HostReport report)
    {
        board.AskAgain(directory.Hear(new DirectoryInput.Reported(report)));
        return default;
    }

    public ValueTask MissedAsync(string silo)
    {
        board.Missed(silo);
        return default;
    }

    public ValueTask ForgetAsync(string host)
    {
        directory.Hear(new DirectoryInput.ForgetRequested(host));
        return default;
    }
}
