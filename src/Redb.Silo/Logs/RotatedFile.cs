using System.Collections.Immutable;
using System.Globalization;

namespace Redb.Silo.Logs;

/// <summary>A log file that was rotated away: <c>core.log</c> becomes <c>core-20261123T130138123Z.log</c>.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="At">When it was rotated; no line in it was written later.</param>
internal sealed record RotatedFile(string Path, DateTimeOffset At)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";
    private const char Separator = '-';

    /// <summary>All rotated files of a live one, oldest first. Asked at every end of a run: in a folder of a thousand logs it reads but few names.</summary>
    public static ImmutableArray<RotatedFile> Of(string file) =>
        [
            .. Find(System.IO.Path.GetDirectoryName(file)!, $"{Prefix(file)}*{Extension(file)}")[
                System.IO.Path.GetFileName(file)
            ],
        ];

    /// <summary>Whether a file could be a rotated one of a live file, by its name.</summary>
    public static bool IsOf(string file, string rotated) =>
        Read(rotated) is { Live: var live } && live == System.IO.Path.GetFileName(file);

    /// <summary>All rotated files of a folder by the name of the live one they come from, oldest first.</summary>
    public static ILookup<string, RotatedFile> In(string folder) => Find(folder, "*");

    /// <summary>The name for a rotation now; later than that of any earlier one, whatever the clock says.</summary>
    public static RotatedFile Next(string file, DateTimeOffset now)
    {
        var earlier = Of(file);
        var at = earlier is [.., var last] && last.At.AddMilliseconds(1) > now ? last.At.AddMilliseconds(1) : now;
        var name =
            $"{Prefix(file)}{at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}{Extension(file)}";
        return new(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, name), at);
    }

    private static ILookup<string, RotatedFile> Find(string folder, string pattern) =>
        (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern) : [])
            .Select(Read)
            .OfType<(string Live, RotatedFile File)>()
            .OrderBy(found => found.File.At)
            .ToLookup(found => found.Live, found => found.File, StringComparer.Ordinal);

    private static string Prefix(string file) => $"{System.IO.Path.GetFileNameWithoutExtension(file)}{Separator}";

    private static string Extension(string file) => System.IO.Path.GetExtension(file);

    private static (string Live, RotatedFile File)? Read(string path)
    {
        var extension = Extension(path);
        var stem = System.IO.Path.GetFileNameWithoutExtension(path.AsSpan());
        var split = stem.LastIndexOf(Separator);
        return
            split > 0
            && DateTimeOffset.TryParseExact(
                stem[(split + 1)..],
                TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var at
            )
            ? ($"{stem[..split]}{extension}", new(path, at))
            : null;
    }
}
