namespace Redb.Configuration.Reading;

/// <summary>Keeps what looks like a secret out of everything that is shown.</summary>
internal static class Secrets
{
    public const string Mask = "********";

    private static readonly string[] Telling =
    [
        "password",
        "passwd",
        "secret",
        "token",
        "credential",
        "master_key",
        "api_key",
        "apikey",
        "private_key",
    ];

    /// <summary>Whether a value of this name is not for others' eyes.</summary>
    public static bool IsSecret(string name) =>
        Array.Exists(Telling, word => name.Replace('-', '_').Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>A value as it is shown, given its name.</summary>
    public static string ShowEntry(string name, string value) =>
        value.Length > 0 && IsSecret(name) ? Mask : Wording.Written(value);

    /// <summary>An argument as it is shown, given the one before it: <c>--password=x</c> and <c>--password x</c>.</summary>
    public static string ShowArgument(string before, string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && IsSecret(argument[..equals]))
        {
            return $"{argument[..equals]}={Mask}";
        }

        var follows = before.StartsWith('-') && !before.Contains('=', StringComparison.Ordinal) && IsSecret(before);
        return follows ? Mask : Wording.Written(argument);
    }
}
