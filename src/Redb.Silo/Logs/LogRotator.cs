using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Logs;

/// <summary>
/// Moves the older part of a log file into a rotated file while the service goes on appending to the same descriptor.
/// </summary>
/// <remarks>
/// Whole blocks are cut out at the head of the live file, under the lock of the kernel that appends take too, so that no line falls
/// in between. Where the file system cannot do that the file is copied and emptied; a line written between the two is lost.
/// </remarks>
internal sealed class LogRotator(LogShelf shelf, TimeProvider time)
{
    private const string Unfinished = ".part";
    private const int NotSupported = 95;
    private const int NotImplemented = 38;
    private const int CatchUps = 100;

    /// <summary>Rotates once.</summary>
    /// <returns>The rotated file; null when the live one is too small or has no line end to cut at.</returns>
    /// <exception cref="IOException">The disk is full or failing; the live file is as it was.</exception>
    public Rotation? Rotate(string file, long maxBytes)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        using var live = Open(file, FileMode.Open);
        var size = RandomAccess.GetLength(live);
        var mark = ContinuationMark.LengthIn(live);
        if (size - mark < maxBytes)
        {
            return null;
        }

        var block = FileCalls.BlockSize(live);
        var cut = LineEnds.Find(live, mark, mark + maxBytes, size, block);
        return cut == 0 ? null : Move(file, live, mark, cut, block);
    }

    /// <summary>
    /// Ends what a kill has cut short: a copy that the live file counts on already gets its name. An unfinished copy is written over by the next rotation.
    /// </summary>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static void Finish(string file)
    {
        var part = new FileInfo(file + Unfinished);
        if (!part.Exists || !File.Exists(file))
        {
            return;
        }

        using var live = Open(file, FileMode.Open);
        if (ContinuationMark.CoverIn(live) is { } cover && cover.Length == part.Length)
        {
            var rotated = Path.Combine(part.DirectoryName!, cover.Name);
            if (RotatedFile.IsOf(file, rotated) && !File.Exists(rotated))
            {
                part.MoveTo(rotated);
            }
        }
    }

    private static SafeFileHandle Open(string path, FileMode mode) =>
        File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    private Rotation? Move(string file, SafeFileHandle live, long mark, long cut, long block)
    {
        var part = file + Unfinished;
        try
        {
            using var copy = Open(part, FileMode.Create);
            FileCopy.Copy(live, mark, copy, 0, cut - mark);
            RandomAccess.FlushToDisk(copy);
            return shelf.Move(
                file,
                () =>
                {
                    var rotated = RotatedFile.Next(file, time.GetUtcNow()).Path;
                    return Replace(live, part, copy, new(rotated, mark, cut, cut), block);
                }
            );
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static Rotation? Replace(SafeFileHandle live, string part, SafeFileHandle copy, Rotation wanted, long block)
    {
        var whole = wanted.Copied - (wanted.Copied % block);

        // The kernel refuses to cut up to the very end of a file.
        whole = whole < RandomAccess.GetLength(live) ? whole : whole - block;
        var head = new CopiedHead(live, wanted, whole);
        Rotation? done = null;
        try
        {
            File.Move(part, wanted.Path);
            return done = TakeAway(live, copy, wanted, whole);
        }
        finally
        {
            if (done is null)
            {
                head.Restore();
                File.Delete(wanted.Path);
            }
        }
    }

    private static Rotation? TakeAway(SafeFileHandle live, SafeFileHandle copy, Rotation wanted, long whole)
    {
        if (whole > 0 && FileCalls.Allocate(live, FileCalls.CollapseRange, 0, whole) == 0)
        {
            return wanted with { Removed = whole };
        }

        return whole <= 0 || Marshal.GetLastPInvokeError() is NotSupported or NotImplemented
            ? Empty(live, copy, wanted)
            : null;
    }

    private static Rotation? Empty(SafeFileHandle live, SafeFileHandle copy, Rotation wanted)
    {
        var copied = wanted.Copied;
        for (var i = 0; i < CatchUps; i++)
        {
            var size = RandomAccess.GetLength(live);
            FileCopy.Copy(live, copied, copy, copied - wanted.Skipped, size - copied);
            copied = size;
            if (EndsWithLine(live, copied) && RandomAccess.GetLength(live) == copied)
            {
                RandomAccess.SetLength(live, 0);
                return wanted with { Copied = copied, Removed = copied };
            }
        }

        return null;
    }

    private static bool EndsWithLine(SafeFileHandle file, long size)
    {
        Span<byte> last = stackalloc byte[1];
        return RandomAccess.Read(file, last, size - 1) == 1 && last[0] == '\n';
    }
}
