using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Options;
using Redb.Abstractions.Logs;
using Redb.Grains.Logs;

namespace Redb.Silo.Logs;

/// <summary>Reads service logs from their files, from the end or the beginning, and goes on with what is written.</summary>
internal sealed class LogFiles(LogShelf shelf, IOptions<LogOptions> options, TimeProvider time) : ILogFiles
{
    private const int BufferSize = 64 * 1024;

    public async IAsyncEnumerable<LogLine> ReadAsync(
        string file,
        LogQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var cursor = shelf.Open(file, query.Last, query.Since);
        try
        {
            var lines = new LogLines(query, time.LocalTimeZone, cursor.Before);
            await foreach (var line in ReadAsync(file, cursor, lines, query.Follow, cancellationToken))
            {
                yield return line;
            }
        }
        finally
        {
            shelf.Close(file, cursor);
        }
    }

    public ImmutableArray<string> ReadLast(string file, int count)
    {
        var cursor = shelf.Open(file, Math.Max(count, 0), since: null);
        try
        {
            var lines = new Queue<string>();
            var splitter = new LineSplitter();
            var buffer = new byte[BufferSize];
            for (var length = shelf.Read(file, cursor, buffer); length > 0; length = shelf.Read(file, cursor, buffer))
            {
                splitter.Push(buffer.AsSpan(0, length), Keep);
            }

            splitter.Finish(Keep);
            return [.. lines];

            void Keep(ReadOnlyMemory<byte> line)
            {
                lines.Enqueue(Encoding.UTF8.GetString(line.Span));
                if (lines.Count > count)
                {
                    lines.Dequeue();
                }
            }
        }
        finally
        {
            shelf.Close(file, cursor);
        }
    }

    private async IAsyncEnumerable<LogLine> ReadAsync(
        string file,
        LogCursor cursor,
        LogLines lines,
        bool follow,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(options.Value.FollowInterval, time);
        var buffer = new byte[BufferSize];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = shelf.Read(file, cursor, buffer);
            length = length == 0 && follow ? shelf.ReadRenewed(file, cursor, buffer) : length;
            var ended = length == 0 && !follow;
            foreach (var line in ended ? lines.Finish() : lines.Take(buffer.AsSpan(0, length)))
            {
                yield return line;
            }

            if (ended)
            {
                yield break;
            }

            if (length == 0)
            {
                lines.ReachedPresent(time.GetUtcNow());
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }
}
