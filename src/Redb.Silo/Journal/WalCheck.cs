using System.Buffers.Binary;

namespace Redb.Silo.Journal;

/// <summary>Looks for damage in a write-ahead log that SQLite would not mention: it reads such a file up to the first bad frame and drops the rest.</summary>
internal static class WalCheck
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 24;
    private const uint LittleEndianMagic = 0x377f0682;
    private const uint BigEndianMagic = 0x377f0683;

    /// <summary>Whether transactions that were written are not read back.</summary>
    /// <remarks>
    /// A bad end is no damage: that is how a log ends whose writer was killed. A bad frame with committed frames of the same
    /// log behind it is, and so is a bad beginning.
    /// </remarks>
    public static bool HasLosses(ReadOnlySpan<byte> log)
    {
        if (log.Length < HeaderLength)
        {
            return false;
        }

        var magic = Word(log, 0);
        var isBigEndian = magic == BigEndianMagic;
        var sum = Add(default, log[..24], isBigEndian);
        if (magic is not (LittleEndianMagic or BigEndianMagic) || sum != (Word(log, 24), Word(log, 28)))
        {
            return true;
        }

        var pageSize = (int)Word(log, 8);
        var salts = log.Slice(16, 8);
        var frame = log[HeaderLength..];
        while (frame.Length >= FrameHeaderLength + pageSize)
        {
            sum = Add(sum, frame[..8], isBigEndian);
            sum = Add(sum, frame.Slice(FrameHeaderLength, pageSize), isBigEndian);
            if (!frame.Slice(8, 8).SequenceEqual(salts) || sum != (Word(frame, 16), Word(frame, 20)))
            {
                return HasCommit(frame[(FrameHeaderLength + pageSize)..], pageSize, salts);
            }

            frame = frame[(FrameHeaderLength + pageSize)..];
        }

        return false;
    }

    private static bool HasCommit(ReadOnlySpan<byte> frames, int pageSize, ReadOnlySpan<byte> salts)
    {
        for (; frames.Length >= FrameHeaderLength + pageSize; frames = frames[(FrameHeaderLength + pageSize)..])
        {
            if (frames.Slice(8, 8).SequenceEqual(salts) && Word(frames, 4) != 0)
            {
                return true;
            }
        }

        return false;
    }

    // The checksum of SQLite's file format, section 4.2.
    private static (uint First, uint Second) Add(
        (uint First, uint Second) sum,
        ReadOnlySpan<byte> bytes,
        bool isBigEndian
    )
    {
        var (first, second) = sum;
        for (var i = 0; i < bytes.Length; i += 8)
        {
            first += Word(bytes, i, isBigEndian) + second;
            second += Word(bytes, i + 4, isBigEndian) + first;
        }

        return (first, second);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int offset, bool isBigEndian = true) =>
        isBigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..])
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
