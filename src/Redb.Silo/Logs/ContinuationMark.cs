using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Logs;

/// <summary>The line at the head of a live file that says which bytes of it a rotation has copied: readers begin behind them.</summary>
/// <remarks>
/// Only whole blocks of a file can be taken away; what is left of the last one is written over with such a line. Before that, a short one (a cover) says of
/// everything that is about to be taken away that it is copied, so that a kill at any moment leaves each line once.
/// </remarks>
internal static partial class ContinuationMark
{
    /// <summary>Fewest bytes a mark can be recognised by.</summary>
    public const int Shortest = 32;

    private const string Begin = "--- continued from ";
    private const int LongestMark = 256 * 1024;

    // Far more than any line takes: it must match at its begin.
    private const int PatternTimeout = 1000;

    /// <summary>One line of exactly <paramref name="length"/> bytes, its end included: the bytes it takes the place of are copied.</summary>
    public static byte[] Write(string rotatedName, int length)
    {
        var mark = new byte[length];
        Array.Fill(mark, (byte)' ');
        var text = Encoding.UTF8.GetBytes($"{Begin}{rotatedName} ---");
        text.AsSpan(0, Math.Min(text.Length, length - 1)).CopyTo(mark);
        mark[^1] = (byte)'\n';
        return mark;
    }

    /// <summary>One line that stands for many bytes behind it.</summary>
    /// <param name="rotation">What is copied, up to where.</param>
    public static byte[] Cover(Rotation rotation) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Begin}{Path.GetFileName(rotation.Path)}, {rotation.Copied - rotation.Skipped} of {rotation.Copied} bytes ---\n"
            )
        );

    /// <summary>How many bytes at the head of a file are copied; 0 when there is no mark.</summary>
    public static long LengthIn(SafeFileHandle file)
    {
        var line = LineIn(file);
        var covered = CoverIn(line);
        return covered is { } cover && cover.Copied <= RandomAccess.GetLength(file) ? cover.Copied : line.Length;
    }

    /// <summary>What a cover at the head of a file says; null when there is none.</summary>
    /// <returns>The name of the rotated file, its length, and up to where the live one is copied.</returns>
    public static (string Name, long Length, long Copied)? CoverIn(SafeFileHandle file) => CoverIn(LineIn(file));

    private static (string Name, long Length, long Copied)? CoverIn(ReadOnlySpan<byte> line)
    {
        var match = CoverLine().Match(Encoding.UTF8.GetString(line));
        return
            match.Success
            && long.TryParse(match.Groups["length"].ValueSpan, CultureInfo.InvariantCulture, out var length)
            && long.TryParse(match.Groups["copied"].ValueSpan, CultureInfo.InvariantCulture, out var copied)
            && copied >= line.Length
            ? (match.Groups["name"].Value, length, copied)
            : null;
    }

    private static byte[] LineIn(SafeFileHandle file)
    {
        Span<byte> head = stackalloc byte[Begin.Length];
        if (RandomAccess.Read(file, head, 0) < head.Length || !head.SequenceEqual(Encoding.UTF8.GetBytes(Begin)))
        {
            return [];
        }

        var line = new byte[LongestMark];
        var end = line.AsSpan(0, RandomAccess.Read(file, line, 0)).IndexOf((byte)'\n');
        return line[..(end + 1)];
    }

    [GeneratedRegex(
        @"^--- continued from (?<name>[^/]+), (?<length>\d+) of (?<copied>\d+) bytes ---\n$",
        RegexOptions.None,
        PatternTimeout
    )]
    private static partial Regex CoverLine();
}
