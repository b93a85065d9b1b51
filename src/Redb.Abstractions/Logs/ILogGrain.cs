using Redb.Abstractions.Security;

namespace Redb.Abstractions.Logs;

/// <summary>Reads the logs of one group's services. The grain key is that of the group; it lives on the silo of its host.</summary>
public interface ILogGrain : IGrainWithStringKey
{
    /// <summary>Lines of one service's log, oldest first, rotated files included.</summary>
    [RequiresRole(CallerRole.Viewer)]
    IAsyncEnumerable<LogLine> ReadAsync(LogQuery query, CancellationToken cancellationToken = default);
}
