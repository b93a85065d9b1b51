namespace Redb.Keyring.Names;

/// <summary>The files in which programs of one group look for secrets. For the default group all three are one.</summary>
/// <param name="Own">Where its services look, and the supervisor: <c>keyring-GROUP.json</c>.</param>
/// <param name="Initializer">Where the supervisor that reDB came with looks: <c>keyring.json-GROUP</c> beside a configured path.</param>
/// <param name="Shared">Where services look that know of no group.</param>
/// <param name="IsBuiltIn">Whether no path is configured, so that the folder is reDB's own.</param>
public sealed record KeyringPaths(string Own, string Initializer, string Shared, bool IsBuiltIn)
{
    private const string DefaultGroup = "default";

    /// <summary>The paths of a group.</summary>
    /// <param name="path">As configured; relative ones start from the working directory, and services read them as they stand.</param>
    /// <param name="group">The group's id; empty is the default group.</param>
    /// <param name="home">The user's home folder; empty when there is none.</param>
    public static KeyringPaths Of(string path, string group, string home)
    {
        var shared =
            path.Length > 0 ? path
            : home.Length > 0 ? $"{home}/.local/share/redb/keyring.json"
            : "/tmp/redb-keyring.json";
        var isBuiltIn = path.Length == 0;
        if (IsDefault(group))
        {
            return new(shared, shared, shared, isBuiltIn);
        }

        var own = BeforeExtension(shared, $"-{group}");
        return new(own, isBuiltIn ? own : $"{shared}-{group}", shared, isBuiltIn);
    }

    /// <summary>Whether a group is the default one, whose names carry no suffix.</summary>
    public static bool IsDefault(string group) => group is "" or DefaultGroup;

    // As Go's filepath.Ext sees it: from the last point of the last element on, even when that is its first character.
    private static string BeforeExtension(string path, string suffix)
    {
        var point = path.LastIndexOf('.');
        return point > path.LastIndexOf('/') ? path.Insert(point, suffix) : path + suffix;
    }
}
