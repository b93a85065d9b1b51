namespace Redb.Configuration;

/// <summary>The file system of this machine.</summary>
public sealed class DiskFiles : IConfigurationFiles
{
    private const UnixFileMode AnyExecute =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <inheritdoc/>
    public byte[]? Read(string path, int limit, out string complaint)
    {
        complaint = "";
        try
        {
            using var stream = File.OpenRead(path);
            var content = new byte[limit];
            var length = stream.ReadAtLeast(content, limit, throwOnEndOfStream: false);
            return content[..length];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            complaint = "no such file";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            complaint = Directory.Exists(path) ? "is a folder, not a file" : $"cannot be read: {e.Message}";
        }

        return null;
    }

    /// <inheritdoc/>
    public FileStatus Look(string path)
    {
        if (Directory.Exists(path))
        {
            return FileStatus.Folder;
        }

        if (!File.Exists(path))
        {
            return FileStatus.Missing;
        }

        // Windows has no such right; every file counts as a program there.
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != UnixFileMode.None
            ? FileStatus.Executable
            : FileStatus.File;
    }
}
