using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Logs;

/// <summary>Copies a stretch of one open file into another, inside the kernel where it can.</summary>
internal static unsafe class FileCopy
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Copies exactly <paramref name="length"/> bytes, or throws.</summary>
    public static void Copy(SafeFileHandle from, long offset, SafeFileHandle to, long toOffset, long length)
    {
        while (length > 0)
        {
            var source = offset;
            var target = toOffset;
            var copied = (long)FileCalls.CopyRange(from, &source, to, &target, (nuint)length, 0);
            if (copied <= 0)
            {
                // Not on this kernel or between these file systems; a full disk is told by the plain writes.
                CopyPlainly(from, offset, to, toOffset, length);
                return;
            }

            offset += copied;
            toOffset += copied;
            length -= copied;
        }
    }

    private static void CopyPlainly(SafeFileHandle from, long offset, SafeFileHandle to, long toOffset, long length)
    {
        var buffer = new byte[BufferSize];
        while (length > 0)
        {
            var read = RandomAccess.Read(from, buffer.AsSpan(0, (int)Math.Min(length, BufferSize)), offset);
            if (read == 0)
            {
                throw new EndOfStreamException("The log file was cut short while it was copied.");
            }

            RandomAccess.Write(to, buffer.AsSpan(0, read), toOffset);
            offset += read;
            toOffset += read;
            length -= read;
        }
    }
}
