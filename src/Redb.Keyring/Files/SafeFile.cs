using System.Runtime.InteropServices;

namespace Redb.Keyring.Files;

/// <summary>Reads and replaces small files with secrets: a reader sees the old content or the new one, whatever dies in between.</summary>
internal static class SafeFile
{
    // A keyring of a thousand tenants has less than 8 MiB.
    private const int MostBytes = 16 * 1024 * 1024;

    private const string TemporaryEnding = ".tmp";

    /// <summary>The content; null when there is no such file.</summary>
    /// <exception cref="KeyringException">Others may read it, or it cannot be read.</exception>
    public static byte[]? Read(string path)
    {
        try
        {
            using var file = new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            if (!OperatingSystem.IsWindows())
            {
                Permissions.CheckFile(path, File.GetUnixFileMode(file.SafeFileHandle));
            }

            if (file.Length > MostBytes)
            {
                throw new KeyringException(
                    KeyringFault.Damaged,
                    $"{path} is not used",
                    $"it has {file.Length} bytes, and no keyring has more than {MostBytes}",
                    "see what it is; if keyring.path is wrong, correct it"
                );
            }

            using var content = new MemoryStream();
            file.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refusal.Of($"{path} cannot be read", path, error);
        }
    }

    /// <summary>Puts this content in place of what is there, mode 0600, and returns once the disk has it. Only for who holds the file's lock.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var target = FinalTarget(path);
        var temporary = target + TemporaryEnding;
        try
        {
            // With the lock held it can only be what a killed writer left.
            File.Delete(temporary);
            Write(temporary, content);
            KeepOwner(target, temporary);
            Move(temporary, target);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Discard(temporary);
            throw Refusal.Of($"{path} cannot be written", target, error);
        }
        catch (KeyringException)
        {
            Discard(temporary);
            throw;
        }
    }

    /// <summary>Deletes the file, and returns once the disk knows.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
            Sync(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refusal.Of($"{path} cannot be deleted", path, error);
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Permissions.File;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
        file.Flush(flushToDisk: true);
    }

    // What root rewrites goes on belonging to the user whose services read it.
    private static void KeepOwner(string target, string temporary)
    {
        if (
            OperatingSystem.IsLinux()
            && Native.IdentityOf(target) is { } before
            && before.Owner != Native.EffectiveUser()
            && Native.ChangeOwner(temporary, before.Owner, before.Group) != 0
        )
        {
            throw Refusal.OfNumber($"{target} cannot be written", target, Marshal.GetLastPInvokeError());
        }
    }

    // Never by copying, which File.Move falls back to: a reader could meet half of it.
    private static void Move(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(from, to, overwrite: true);
            return;
        }

        if (Native.Rename(from, to) != 0)
        {
            throw Refusal.OfNumber($"{to} cannot be replaced", to, Marshal.GetLastPInvokeError());
        }

        Sync(to);
    }

    private static void Sync(string path)
    {
        if (!OperatingSystem.IsWindows() && Native.SyncFolder(Path.GetDirectoryName(path)!) is > 0 and var error)
        {
            throw Refusal.OfNumber($"the folder of {path} cannot be synchronized", path, error);
        }
    }

    // A link stays a link; what it leads to is replaced.
    private static string FinalTarget(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next writer deletes it; what matters is why there is nothing to move.
        }
    }
}
