using System.Collections.Immutable;
using Redb.Abstractions.Logs;

namespace Redb.Grains.Logs;

/// <summary>The log files of this host's services. Implemented by the silo; a fake in tests.</summary>
internal interface ILogFiles
{
    /// <summary>Lines of a log, oldest first, rotated files included, with lines to come when the query follows.</summary>
    /// <param name="file">Absolute path of the live log file.</param>
    /// <param name="query">Which lines.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<LogLine> ReadAsync(string file, LogQuery query, CancellationToken cancellationToken);

    /// <summary>The last lines of a log, at most <paramref name="count"/>, without reading the whole file; none when there is no file.</summary>
    ImmutableArray<string> ReadLast(string file, int count);
}
