using System.Collections.Immutable;
using Redb.Grains.Instances;
using Redb.Grains.Supervision;

namespace Redb.Silo.Cluster;

/// <summary>
/// Takes an island into its cluster by a restart in place, at a moment when no service here is starting: one whose registration fails because the
/// supervisor is away runs on without it for good. After <paramref name="longest"/> it does so all the same.
/// </summary>
/// <param name="beginnings">Says what is starting.</param>
/// <param name="supervisor">Restarts.</param>
/// <param name="longest">Longest wait for that moment, from when the cluster can be joined.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where the restart is noted.</param>
internal sealed partial class JoinMoment(
    IBeginnings beginnings,
    ISupervisorControl supervisor,
    TimeSpan longest,
    TimeProvider time,
    ILogger<JoinMoment> logger
)
{
    // What was wrong with a new configuration does not get better within seconds.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(30);

    private long? _open;
    private long? _refused;
    private string _refusal = "";
    private bool _wasCalm;

    /// <summary>The cluster cannot be joined now: the next wait is a new one.</summary>
    public void Pass() => (_open, _wasCalm) = (null, false);

    /// <summary>The cluster can be joined: restarts, if this is the moment.</summary>
    /// <returns>Empty when a restart has begun, else why it has not, for people.</returns>
    public async Task<string> TryAsync(CancellationToken cancellationToken)
    {
        _open ??= time.GetTimestamp();
        if (_refused is { } refused && time.GetElapsedTime(refused) < AfterRefusal)
        {
            return _refusal;
        }

        var look = await beginnings.LookAsync(cancellationToken);
        var hasWaited = time.GetElapsedTime(_open.Value) >= longest;
        if (!IsCalm(look) && !hasWaited)
        {
            return $"the cluster can be joined: {Describe(look.Starting)}, {longest.TotalSeconds:0.#} s at most";
        }

        if (look.Starting.IsEmpty)
        {
            LogJoining();
        }
        else
        {
            LogJoiningAnyway(longest.TotalSeconds, Culprits.Name(look.Starting, look.Starting.Length));
        }

        var refusal = await supervisor.RestartAsync();
        (_refused, _refusal) = (
            time.GetTimestamp(),
            $"the cluster can be joined, but a restart in place is refused: {refusal}"
        );
        return refusal.Length == 0 ? "" : _refusal;
    }

    // Those whose turn is next start a moment after those they waited for: who is calm twice in a row waits for something else, perhaps for ever.
    private bool IsCalm(Beginnings look)
    {
        var wasCalm = _wasCalm;
        _wasCalm = look.Starting.IsEmpty;
        return _wasCalm && (wasCalm || !look.MayFollow);
    }

    private static string Describe(ImmutableArray<string> starting) =>
        starting.IsEmpty
            ? "looks whether another service starts"
            : $"waits until {Culprits.Name(starting, starting.Length)} {(starting.Length == 1 ? "has" : "have")} started";

    [LoggerMessage(1305, LogLevel.Information, "the cluster can be joined: restarting in place, the services run on")]
    private partial void LogJoining();

    [LoggerMessage(
        1310,
        LogLevel.Warning,
        "the cluster can be joined: restarting in place, although not everything has started after {Seconds:0.#} s (cluster.join_max_delay): {Starting}"
    )]
    private partial void LogJoiningAnyway(double seconds, string starting);
}
