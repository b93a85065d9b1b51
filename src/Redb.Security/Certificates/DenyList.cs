using System.Collections.Frozen;

namespace Redb.Security.Certificates;

/// <summary>
/// Serial numbers of certificates that are not believed any more, one a line in hexadecimal; what follows a <c>#</c> is for people. The file lies beside
/// the bundle of the authorities and is called <c>revoked</c>.
/// </summary>
internal static class DenyList
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "revoked";

    /// <summary>Where the list that belongs to a bundle lies.</summary>
    public static string BesideOf(string bundle) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(bundle))!, FileName);

    /// <summary>The serial numbers in a text.</summary>
    public static FrozenSet<string> Parse(string text) =>
        text.Split('\n')
            .Select(line => line.Split('#')[0].Replace(":", "", StringComparison.Ordinal).Trim())
            .Where(serial => serial.Length > 0)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
