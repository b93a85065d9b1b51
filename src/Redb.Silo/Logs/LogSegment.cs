using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Logs;

/// <summary>A stretch of an open log file.</summary>
/// <param name="File">The open file; owned by whoever holds the segment.</param>
/// <param name="From">First byte.</param>
/// <param name="To">The byte after the last.</param>
internal sealed record LogSegment(SafeFileHandle File, long From, long To) : IDisposable
{
    private const int BlockSize = 64 * 1024;
    private const long LongestSearch = 16 * 1024 * 1024;

    /// <summary>Drops segments and lines at the front until only the last <paramref name="count"/> lines are left, reading backwards.</summary>
    /// <remarks>Of lines so long that they make no sense as lines, parts are dropped too, for the sake of time.</remarks>
    public static List<LogSegment> KeepLast(IReadOnlyList<LogSegment> segments, int count)
    {
        var kept = new List<LogSegment>();
        var budget = LongestSearch + ((long)count * LineSplitter.LongestPiece);
        var left = count;
        for (var i = segments.Count - 1; i >= 0; i--)
        {
            var segment = segments[i];
            var start =
                left <= 0 ? segment.To : segment.StartOfLast(ref left, Math.Max(segment.From, segment.To - budget));
            budget -= segment.To - start;
            kept.Insert(0, segment with { From = start });
        }

        return kept;
    }

    /// <summary>The bytes before <see cref="From"/>, at most one block.</summary>
    public byte[] ReadBefore()
    {
        var length = (int)Math.Min(From, BlockSize);
        var block = new byte[length];
        var read = RandomAccess.Read(File, block, From - length);
        return block[..read];
    }

    public void Dispose() => File.Dispose();

    private long StartOfLast(ref int left, long lowest)
    {
        // The end of the last line does not begin another one.
        var end = To - 1;
        var block = new byte[BlockSize];
        while (end > lowest)
        {
            var length = (int)Math.Min(end - lowest, BlockSize);
            var read = block.AsSpan(0, RandomAccess.Read(File, block.AsSpan(0, length), end - length));
            for (var at = read.LastIndexOf((byte)'\n'); at >= 0; at = read[..at].LastIndexOf((byte)'\n'))
            {
                left--;
                if (left == 0)
                {
                    return end - length + at + 1;
                }
            }

            end -= length;
        }

        if (To > lowest)
        {
            left--;
        }

        return lowest;
    }
}
