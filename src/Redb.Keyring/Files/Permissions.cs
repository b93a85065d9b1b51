namespace Redb.Keyring.Files;

/// <summary>Who else may come near a file with secrets. Windows has no such modes; there the folder of the user is closed by itself.</summary>
internal static class Permissions
{
    public const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Throws when anybody but the owner may do anything with the file.</summary>
    public static void CheckFile(string path, UnixFileMode mode)
    {
        if ((mode & Others) != UnixFileMode.None)
        {
            throw new KeyringException(
                KeyringFault.TooOpen,
                $"{path} is not used",
                $"its mode is {Octal(mode)}: others than its owner may get at it; 0600 is what is allowed",
                $"chmod 600 {path}; if somebody may have read it: redbctl keyring rotate"
            );
        }
    }

    /// <summary>Throws when others may change what is in the folder, or look into one that is reDB's own.</summary>
    public static void CheckFolder(string path, bool isOwn)
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(path))
        {
            return;
        }

        var mode = System.IO.File.GetUnixFileMode(path);
        var open = mode & (isOwn ? Others : Writers(path, mode));
        if (open != UnixFileMode.None)
        {
            throw new KeyringException(
                KeyringFault.TooOpen,
                $"the folder {path} is not used for a keyring",
                isOwn
                    ? $"its mode is {Octal(mode)}: others than its owner may get in; 0700 is what is allowed"
                    : $"its mode is {Octal(mode)}: others than its owner may replace files in it",
                isOwn ? $"chmod 700 {path}" : $"chmod go-w {path}, or choose another keyring.path"
            );
        }
    }

    /// <summary>Creates what is missing of a folder, open to nobody else.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            CreateFolder(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Folder);
        }
    }

    // In a sticky folder nobody can replace what belongs to somebody else. A group with the number of the owner is the owner alone, as
    // distributions set users up whose files everybody in the group may write.
    private static UnixFileMode Writers(string path, UnixFileMode mode)
    {
        if ((mode & UnixFileMode.StickyBit) != UnixFileMode.None)
        {
            return UnixFileMode.None;
        }

        var isGroupPrivate =
            OperatingSystem.IsLinux() && Native.IdentityOf(path) is { } identity && identity.Owner == identity.Group;
        return isGroupPrivate ? UnixFileMode.OtherWrite : UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;
    }

    private static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8);
}
