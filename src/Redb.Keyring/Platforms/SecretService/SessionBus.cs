namespace Redb.Keyring.Platforms.SecretService;

/// <summary>Whether there is a session bus to ask at all. A server has none, and then nothing needs to be loaded.</summary>
internal static class SessionBus
{
    private const string Address = "DBUS_SESSION_BUS_ADDRESS";
    private const string RuntimeFolder = "XDG_RUNTIME_DIR";

    /// <summary>Null when there may be one, else the reason why not.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="exists">Whether a path exists.</param>
    public static string? Missing(Func<string, string?> environment, Func<string, bool> exists)
    {
        if (environment(Address) is { Length: > 0 })
        {
            return null;
        }

        var folder = environment(RuntimeFolder);
        return folder is { Length: > 0 } && exists(Path.Combine(folder, "bus")) ? null
            : folder is { Length: > 0 }
                ? $"there is no session bus: {Address} is not set and {folder}/bus does not exist"
            : $"there is no session bus: neither {Address} nor {RuntimeFolder} is set";
    }
}
