using System.Globalization;

namespace Redb.Keyring.Files;

/// <summary>Keeps writers of one keyring apart, also those of other processes. It ends with the process, however that ends.</summary>
internal sealed class FileLock : IDisposable
{
    private const string Ending = ".lock";

    // EWOULDBLOCK: what a lock that is held elsewhere answers.
    private const int WouldBlock = 11;

    // The lock has no queue: who looks seldom starves beside those who write all the time.
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(5);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock that guards a file, which need not exist yet; its folder is created.</summary>
    /// <exception cref="KeyringException">It was held for all of the time, or the folder cannot be used.</exception>
    public static async Task<FileLock> TakeAsync(
        string path,
        KeyringFileOptions options,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetTimestamp();
        var pause = s_firstPause;
        while (true)
        {
            if (TryOpen(path, options) is { } file)
            {
                return new(file);
            }

            if (time.GetElapsedTime(began) >= options.LockTimeout)
            {
                throw Busy(path, options.LockTimeout);
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path, KeyringFileOptions options)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            Permissions.CreateFolder(folder);
            Permissions.CheckFolder(folder, options.IsFolderOwn);
            var mode = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                mode.UnixCreateMode = Permissions.File;
            }

            return new(path + Ending, mode);
        }
        catch (IOException error) when (IsHeld(error))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refusal.Of($"{path} cannot be written", path, error);
        }
    }

    // Windows says it as a sharing violation.
    private static bool IsHeld(IOException error) =>
        OperatingSystem.IsWindows() ? (error.HResult & 0xFFFF) == 32 : error.HResult == WouldBlock;

    private static KeyringException Busy(string path, TimeSpan waited) =>
        new(
            KeyringFault.Busy,
            $"{path} was not written",
            $"{Holder(path + Ending)} has held {path}{Ending} for more than {waited.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s",
            "see what that process does (ps -fp PID), end it if it hangs, and try again"
        );

    // The kernel's list: "1: FLOCK  ADVISORY  WRITE 4711 fe:01:123456 0 EOF".
    private static string Holder(string path)
    {
        const int PidField = 4;
        const int FileField = 5;
        const string Unknown = "another process";
        if (!OperatingSystem.IsLinux() || Native.IdentityOf(path) is not { } identity)
        {
            return Unknown;
        }

        try
        {
            var inode = $":{identity.Inode.ToString(CultureInfo.InvariantCulture)}";
            var pid = File.ReadLines("/proc/locks")
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields =>
                    fields.Length > FileField && fields[FileField].EndsWith(inode, StringComparison.Ordinal)
                )
                .Select(fields => fields[PidField])
                .FirstOrDefault(text => int.TryParse(text, out var number) && number > 0);
            return pid is null ? Unknown : $"process {pid} ({File.ReadAllText($"/proc/{pid}/comm").Trim()})";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has just ended, or is none of this user's.
            return Unknown;
        }
    }
}
