using Redb.Grains.Supervision;

namespace Redb.Silo.Cluster;

/// <summary>How this silo stands with its cluster: alone, with a membership that does not answer, or well.</summary>
internal sealed partial class ClusterStanding(TimeProvider time, ILogger<ClusterStanding> logger) : IClusterStanding
{
    private readonly Lock _lock = new();
    private string _island = "";
    private string _silence = "";

    public string Trouble
    {
        get
        {
            lock (_lock)
            {
                return _island.Length > 0 ? _island : _silence;
            }
        }
    }

    /// <summary>Whether the membership does not answer.</summary>
    public bool IsSilent
    {
        get
        {
            lock (_lock)
            {
                return _silence.Length > 0;
            }
        }
    }

    /// <summary>The silo runs alone on its host, for this reason; told whenever that is another one.</summary>
    public void RunsAlone(string cause)
    {
        lock (_lock)
        {
            var island =
                $"runs as an island, without the other hosts of the cluster, and joins by itself once it can: {cause}";
            if (_island != island)
            {
                _island = island;
                LogIsland(cause);
            }
        }
    }

    /// <summary>The membership was read or written.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            if (_silence.Length > 0)
            {
                _silence = "";
                LogAnswers();
            }
        }
    }

    /// <summary>The membership could not be read or written: told once, until it works again.</summary>
    public void Failed(Exception failure)
    {
        lock (_lock)
        {
            if (_silence.Length == 0)
            {
                var cause = failure.GetBaseException().Message;
                _silence = FormattableString.Invariant(
                    $"the cluster's membership is out of reach since {time.GetLocalNow():HH:mm:ss}: {cause}; services and the commands of this host are not affected, hosts that come or go are noticed once it answers"
                );
                LogSilent(cause);
            }
        }
    }

    [LoggerMessage(
        1302,
        LogLevel.Warning,
        "the cluster's membership is out of reach, services are not affected: {Cause}"
    )]
    private partial void LogSilent(string cause);

    [LoggerMessage(1303, LogLevel.Information, "the cluster's membership answers again")]
    private partial void LogAnswers();

    [LoggerMessage(
        1304,
        LogLevel.Warning,
        "running as an island, without the other hosts of the cluster, until it can be joined: {Cause}"
    )]
    private partial void LogIsland(string cause);
}
