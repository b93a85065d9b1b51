using System.Collections.Immutable;
using System.Globalization;

namespace Redb.Silo.Logs;

/// <summary>A log file that was rotated away: <c>core.log</c> becomes <c>core-20261123T130138123Z.log</c>.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="At">When it was rotated; no line in it was written later.</param>
internal sealed record RotatedFile(string Path, DateTimeOffset At)
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>All rotated files of a live one, oldest first.</summary>
    public static ImmutableArray<RotatedFile> Of(string file)
    {
        var folder = System.IO.Path.GetDirectoryName(file)!;
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var prefix = Prefix(file);
        return
        [
            .. Directory
                .EnumerateFiles(folder)
                .Select(path => (Path: path, At: ReadTime(System.IO.Path.GetFileName(path), prefix, Extension(file))))
                .Where(found => found.At is not null)
                .Select(found => new RotatedFile(found.Path, found.At!.Value))
                .OrderBy(found => found.At),
        ];
    }

    /// <summary>The name for a rotation now; later than that of any earlier one, whatever the clock says.</summary>
    public static RotatedFile Next(string file, DateTimeOffset now)
    {
        var earlier = Of(file);
        var at = earlier is [.., var last] && last.At.AddMilliseconds(1) > now ? last.At.AddMilliseconds(1) : now;
        var name =
            $"{Prefix(file)}{at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}{Extension(file)}";
        return new(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file)!, name), at);
    }

    private static string Prefix(string file) => $"{System.IO.Path.GetFileNameWithoutExtension(file)}-";

    private static string Extension(string file) => System.IO.Path.GetExtension(file);

    private static DateTimeOffset? ReadTime(string name, string prefix, string extension) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && name.EndsWith(extension, StringComparison.Ordinal)
        && name.Length > prefix.Length + extension.Length
        && DateTimeOffset.TryParseExact(
            name[prefix.Length..^extension.Length],
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;
}
