using System.Globalization;

namespace Redb.Silo.Hosting;

/// <summary>Holds a data folder for one supervisor: two of them on one folder would start every service twice.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockFile = "supervisor.lock";

    // Apart from the lock, which nobody else can open while it is held.
    private const string PidFile = "supervisor.pid";

    // EWOULDBLOCK: what a lock that is held elsewhere answers.
    private const int WouldBlock = 11;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
    }

    public string Path { get; }

    /// <summary>Creates the folder if need be (0700) and locks it until disposal or the end of the process.</summary>
    /// <returns>The folder, or the sentence that says why not: who holds it, or what the system refused.</returns>
    public static (DataFolder? Folder, string Refusal, int ExitCode) Hold(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, Unusable(path, failure), RedbExitCode.Failed);
        }

        try
        {
            var file = System.IO.Path.Combine(path, LockFile);
            var held = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            File.WriteAllText(PidFileIn(path), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return (new(path, held), "", RedbExitCode.Done);
        }
        catch (IOException failure) when (failure.HResult == WouldBlock)
        {
            return (
                null,
                $"data folder {path} is held by another supervisor, pid {Holder(path)}\n  stop that one, or give this one a folder of its own with --data-dir",
                RedbExitCode.Conflict
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, Unusable(path, failure), RedbExitCode.Failed);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static string Unusable(string path, Exception failure) =>
        $"data folder {path} cannot be used: {failure.Message}\n  see that it is writable and its disk not full, or choose another with --data-dir";

    private static string PidFileIn(string path) => System.IO.Path.Combine(path, PidFile);

    private static string Holder(string path) =>
        File.Exists(PidFileIn(path)) ? File.ReadAllText(PidFileIn(path)) : "unknown";
}
