namespace Redb.Grains.Services;

/// <summary>
/// The id a service is given when it registers: <c>name/uuid</c>. Opaque to the service; to us it says which grain to ask, so
/// that no table of ids has to be kept, filled up by strangers, or rebuilt.
/// </summary>
internal static class ServiceId
{
    // The longest name the configuration allows.
    private const int MaxNameLength = 63;

    public static string New(string name) => $"{name}/{Guid.NewGuid():D}";

    /// <summary>The name in an id or, where callers may also name a service directly, in a plain name; empty when there is none.</summary>
    public static string NameIn(string id)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? id : id[..slash];
    }

    /// <summary>Whether an id is one that we may have given to the service of that name.</summary>
    public static bool IsOf(string name, string id) =>
        NameIn(id) == name && Guid.TryParseExact(id.AsSpan(Math.Min(name.Length + 1, id.Length)), "D", out _);

    /// <summary>Whether a text can be the name of a service: 1 to 63 letters, digits, dots, dashes and underscores.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
