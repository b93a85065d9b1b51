using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Logs;

/// <summary>The line at the head of a live file that covers bytes which a rotation copied but could not take away.</summary>
/// <remarks>Only whole blocks of a file can be taken away; what is left of the last one is written over with this.</remarks>
internal static class ContinuationMark
{
    /// <summary>Fewest bytes a mark can be recognised by.</summary>
    public const int Shortest = 32;

    private const string Begin = "--- continued from ";
    private const int LongestMark = 256 * 1024;

    /// <summary>One line of exactly <paramref name="length"/> bytes, its end included.</summary>
    public static byte[] Write(string rotatedName, int length)
    {
        var mark = new byte[length];
        Array.Fill(mark, (byte)' ');
        var text = Encoding.UTF8.GetBytes($"{Begin}{rotatedName} ---");
        text.AsSpan(0, Math.Min(text.Length, length - 1)).CopyTo(mark);
        mark[^1] = (byte)'\n';
        return mark;
    }

    /// <summary>How many bytes at the head of a file are a mark; 0 when there is none.</summary>
    public static int LengthIn(SafeFileHandle file)
    {
        Span<byte> head = stackalloc byte[Begin.Length];
        if (RandomAccess.Read(file, head, 0) < head.Length || !head.SequenceEqual(Encoding.UTF8.GetBytes(Begin)))
        {
            return 0;
        }

        var line = new byte[LongestMark];
        var end = line.AsSpan(0, RandomAccess.Read(file, line, 0)).IndexOf((byte)'\n');
        return end + 1;
    }
}
