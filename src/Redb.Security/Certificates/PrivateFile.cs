using System.Runtime.InteropServices;
using System.Text;

namespace Redb.Security.Certificates;

/// <summary>Files that only their owner may read.</summary>
internal static partial class PrivateFile
{
    /// <summary>Mode of the files: 0600.</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int AlreadyThere = 17;
    private const UnixFileMode FolderMode = Mode | UnixFileMode.UserExecute;
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder, and those above it, with mode 0700.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // Folders of a user's profile are the user's alone there.
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FolderMode);
        }
    }

    /// <summary>Writes a file that is not there yet, and has it on the disk before it returns.</summary>
    /// <exception cref="IOException">There is one, or it cannot be written.</exception>
    public static void Create(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mode;
        }

        using var stream = new FileStream(path, options);
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Puts a text in place of a file in one step, so that a reader sees the old or the new and never half of one.</summary>
    public static void Replace(string path, string text)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        Create(fresh, text);
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Writes a file that is not there yet: of several who do it at the same moment one wins, and nobody reads half of it.</summary>
    /// <remarks>On Unix <see cref="File.Move(string, string, bool)"/> looks first and renames then: who comes in between is overwritten.</remarks>
    /// <exception cref="IOException">It cannot be written. That there is one already is no error.</exception>
    public static void Publish(string path, string text)
    {
        var fresh = $"{path}.{Guid.NewGuid():N}";
        Create(fresh, text);
        if (!OperatingSystem.IsWindows() && (Link(fresh, path) == 0 || Marshal.GetLastPInvokeError() == AlreadyThere))
        {
            File.Delete(fresh);
            return;
        }

        // Windows, or a file system without links.
        try
        {
            File.Move(fresh, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(fresh);
        }
    }

    /// <summary>Whether anybody but the owner may do anything with a file.</summary>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string from, string to);
}
