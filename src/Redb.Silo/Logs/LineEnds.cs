using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Logs;

/// <summary>Finds where a log file may be cut: after a whole line, leaving room for a mark.</summary>
internal static class LineEnds
{
    private const int SearchBlock = 64 * 1024;

    // A rotated file may be this part shorter than wanted, for a cut between two blocks.
    private const int Sacrifice = 16;

    /// <summary>
    /// A place between two blocks not far before <paramref name="wanted"/>, else the last place not beyond it that will do, else the
    /// first one beyond it, else 0. Behind the first block in any case.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="first">The place is behind this one.</param>
    /// <param name="wanted">The best place.</param>
    /// <param name="size">Length of the file.</param>
    /// <param name="block">Length of a block.</param>
    public static long Find(SafeFileHandle file, long first, long wanted, long size, long block)
    {
        first = Math.Max(first, block);
        return FindBetweenBlocks(file, first, Math.Min(wanted, size), block) is > 0 and var cut
            ? cut
            : FindAny(file, first, wanted, size, block);
    }

    // Needs no mark, and the copy of what follows then begins with a block, which costs the kernel a third less.
    private static long FindBetweenBlocks(SafeFileHandle file, long first, long wanted, long block)
    {
        var buffer = new byte[SearchBlock];
        for (
            var end = wanted - (wanted % block);
            end > first && end > wanted - (wanted / Sacrifice);
            end -= SearchBlock
        )
        {
            var start = Math.Max(block, end - SearchBlock);
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)(end - start)), start);
            for (var at = end - start; at > 0 && start + at > first; at -= block)
            {
                if (at <= read && buffer[at - 1] == '\n')
                {
                    return start + at;
                }
            }
        }

        return 0;
    }

    private static long FindAny(SafeFileHandle file, long first, long wanted, long size, long block)
    {
        var buffer = new byte[SearchBlock];
        for (var end = Math.Min(wanted, size); end > first; end -= SearchBlock)
        {
            var start = Math.Max(first, end - SearchBlock);
            var read = buffer.AsSpan(0, RandomAccess.Read(file, buffer.AsSpan(0, (int)(end - start)), start));
            for (var at = read.LastIndexOf((byte)'\n'); at >= 0; at = read[..at].LastIndexOf((byte)'\n'))
            {
                if (WillDo(start + at + 1, block))
                {
                    return start + at + 1;
                }
            }
        }

        return FindAfter(file, Math.Max(wanted, first), size, block);
    }

    private static long FindAfter(SafeFileHandle file, long from, long size, long block)
    {
        var buffer = new byte[SearchBlock];
        for (var start = from; start < size; start += SearchBlock)
        {
            var length = (int)Math.Min(SearchBlock, size - start);
            var read = RandomAccess.Read(file, buffer.AsSpan(0, length), start);
            for (var at = 0; at < read; at++)
            {
                if (buffer[at] == '\n' && WillDo(start + at + 1, block))
                {
                    return start + at + 1;
                }
            }
        }

        return 0;
    }

    private static bool WillDo(long cut, long block) => cut % block == 0 || cut % block >= ContinuationMark.Shortest;
}
