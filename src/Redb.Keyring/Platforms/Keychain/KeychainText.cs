using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Redb.Keyring.Platforms.Keychain;

/// <summary>What programs in Go and <c>/usr/bin/security</c> say to each other. Pure.</summary>
internal static partial class KeychainText
{
    /// <summary>Longest command that <c>security</c> reads.</summary>
    public const int MostCommandBytes = 4096;

    private const string Base64Prefix = "go-keyring-base64:";
    private const string HexPrefix = "go-keyring-encoded:";

    /// <summary>The command that adds an entry or replaces it, for the standard input of <c>security -i</c>: there no list of processes shows it.</summary>
    public static string Add(KeyringEntry entry) =>
        $"add-generic-password -U -s {Quote(entry.Name.Service)} -a {Quote(entry.Name.User)} -w {Quote(Encode(entry.Secret))}\n";

    /// <summary>A secret as it is stored.</summary>
    public static string Encode(Secret secret) =>
        Base64Prefix + Convert.ToBase64String(Encoding.UTF8.GetBytes(secret.Reveal()));

    /// <summary>A secret from what is stored, also what other programs stored.</summary>
    public static Secret Decode(string stored) =>
        stored.StartsWith(Base64Prefix, StringComparison.Ordinal)
            ? new(Encoding.UTF8.GetString(Convert.FromBase64String(stored[Base64Prefix.Length..])))
        : stored.StartsWith(HexPrefix, StringComparison.Ordinal)
            ? new(Encoding.UTF8.GetString(Convert.FromHexString(stored[HexPrefix.Length..])))
        : new(stored);

    /// <summary>The names in what <c>security dump-keychain</c> prints.</summary>
    public static ImmutableArray<EntryName> Names(string dump) =>
        [
            .. dump.Split("keychain: ", StringSplitOptions.RemoveEmptyEntries)
                .Select(item => (Service: ServiceAttribute().Match(item), User: AccountAttribute().Match(item)))
                .Where(item => item.Service.Success && item.User.Success)
                .Select(item => new EntryName(item.Service.Groups["value"].Value, item.User.Groups["value"].Value))
                .Distinct()
                .OrderBy(name => name.ToString(), StringComparer.Ordinal),
        ];

    // As shells read it: what is not plainly harmless stands in single quotes.
    private static string Quote(string text) =>
        Harmless().IsMatch(text) ? text : $"'{text.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'";

    [GeneratedRegex("^[A-Za-z0-9_@%+=:,./-]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Harmless();

    [GeneratedRegex("\"svce\"<blob>=\"(?<value>[^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex ServiceAttribute();

    [GeneratedRegex("\"acct\"<blob>=\"(?<value>[^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex AccountAttribute();
}
