using Microsoft.Extensions.Logging;
using Redb.Abstractions.Security;

namespace Redb.Security.Connections;

/// <summary>
/// Logs who was refused and why, once a minute for each: whoever knocks all night fills neither the log nor the memory.
/// </summary>
internal sealed partial class RefusalLog(ILogger<RefusalLog> logger, TimeProvider time) : IRefusalLog
{
    // Beyond that many different ones in a minute, the rest is counted together.
    private const int MostAtOnce = 64;
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Who, RefusalReason Reason), int> _told = [];
    private long _since = time.GetTimestamp();
    private int _others;

    public void Tell(string who, AccessRefusedException refusal)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_since) >= Quiet)
            {
                EndMinute();
            }

            if (_told.TryGetValue((who, refusal.Reason), out var count))
            {
                _told[(who, refusal.Reason)] = count + 1;
            }
            else if (_told.Count < MostAtOnce)
            {
                _told.Add((who, refusal.Reason), 0);
                LogRefused(who, refusal.Reason, refusal.Message);
            }
            else
            {
                _others++;
            }
        }
    }

    private void EndMinute()
    {
        foreach (var ((who, reason), again) in _told.Where(entry => entry.Value > 0))
        {
            LogAgain(who, again, reason);
        }

        if (_others > 0)
        {
            LogOthers(_others);
        }

        _told.Clear();
        _others = 0;
        _since = time.GetTimestamp();
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "refused {Who} ({Reason}): {Cause}")]
    private partial void LogRefused(string who, RefusalReason reason, string cause);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "refused {Who} {Count} times more ({Reason})")]
    private partial void LogAgain(string who, int count, RefusalReason reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "refused {Count} more from other addresses")]
    private partial void LogOthers(int count);
}
