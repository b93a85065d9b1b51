using System.Globalization;
using System.Text.RegularExpressions;

namespace Redb.Database.Nodes;

/// <summary>Ids of rows as reDB writes them: what it is, then 26 hexadecimal digits of time and chance.</summary>
public static partial class Ulids
{
    private const int ChanceBytes = 7;

    /// <summary>An id of a row that is made now, in the form of the database's own <c>generate_ulid</c>.</summary>
    /// <param name="prefix">What it is, such as <c>tenant</c>.</param>
    /// <param name="now">The time.</param>
    /// <param name="chance">Seven bytes.</param>
    public static string Next(string prefix, DateTimeOffset now, ReadOnlySpan<byte> chance)
    {
        if (chance.Length != ChanceBytes)
        {
            throw new ArgumentException($"must be {ChanceBytes} bytes, was {chance.Length}", nameof(chance));
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{prefix}_{now.ToUnixTimeMilliseconds():X12}{Convert.ToHexString(chance)}"
        );
    }

    /// <summary>Whether a text can be the id of a tenant.</summary>
    public static bool IsTenant(string text) => Tenant().IsMatch(text);

    [GeneratedRegex("^tenant_[0-9A-F]{26}$", RegexOptions.NonBacktracking)]
    private static partial Regex Tenant();
}
