using System.Globalization;
using Microsoft.Data.Sqlite;
using Redb.Silo.Processes;

namespace Redb.Silo.Journal;

/// <summary>Puts into words why a journal cannot be written: what fails, what was measured, what to do.</summary>
internal static class JournalTrouble
{
    // https://sqlite.org/rescode.html
    private const int Error = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // A disk with less than this has no room for a transaction and for the index of the write-ahead log.
    private const long NoRoom = 64 * 1024;

    private const string MeanwhileFromMemory =
        "services are supervised from memory meanwhile, and all of it is written as soon as that works again";

    /// <summary>Whether this is what a disk, a file system or another program does, and no mistake of ours.</summary>
    public static bool IsOfTheWorld(Exception failure) =>
        failure is SqliteException or IOException or UnauthorizedAccessException;

    /// <summary>Whether another program holds the lock.</summary>
    public static bool IsLocked(Exception failure) => failure is SqliteException { SqliteErrorCode: Busy or Locked };

    /// <summary>Whether the file is no sound journal, as far as SQLite can tell.</summary>
    public static bool IsDamage(Exception failure) =>
        failure is SqliteException { SqliteErrorCode: Corrupt or NotADatabase or Error };

    public static string Describe(string path, Exception failure) =>
        $"the journal {path} is not written: {Cause(path, failure)}; {MeanwhileFromMemory}";

    /// <summary>For a disk that does not answer.</summary>
    public static string Slow(string path, TimeSpan waited) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"the journal {path} is not written: the disk has not answered for {waited.TotalSeconds:0.###} s; see whether it hangs or is overloaded (dmesg, iostat); {MeanwhileFromMemory}"
        );

    /// <summary>Who holds the lock, and what to do; for a start that cannot even read.</summary>
    public static string Held(string path) =>
        $"the journal {path} is locked by {Holder(path)}: what the services are supposed to do cannot be read\n  end that program and start again";

    private static string Cause(string path, Exception failure) =>
        failure switch
        {
            SqliteException { SqliteErrorCode: Full or InputOutput } full when Free(path) < NoRoom =>
                $"its disk is full ({Free(path)} bytes free; {full.SqliteExtendedErrorCode}); make room there",
            SqliteException { SqliteErrorCode: Full } =>
                "its disk refuses to give more room (a quota?); make room there",
            SqliteException { SqliteErrorCode: Busy or Locked } =>
                $"it is locked by {Holder(path)}; end what that program does with it",
            SqliteException { SqliteErrorCode: ReadOnly } =>
                $"it is read-only; see that {System.IO.Path.GetDirectoryName(path)} is mounted writable and that the file belongs to {Environment.UserName}",
            SqliteException { SqliteErrorCode: CannotOpen } =>
                $"it cannot be opened: {Refusal(path)}; see that {System.IO.Path.GetDirectoryName(path)} is there, is writable and belongs to {Environment.UserName}",
            SqliteException { SqliteErrorCode: InputOutput } broken =>
                $"the disk reports an error (SQLite {broken.SqliteExtendedErrorCode}); see dmesg",
            SqliteException other => $"SQLite says: {other.Message} ({other.SqliteExtendedErrorCode})",
            _ => failure.Message,
        };

    private static long Free(string path)
    {
        try
        {
            return new DriveInfo(System.IO.Path.GetDirectoryName(path)!).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            // Then it is not known to be full.
            return long.MaxValue;
        }
    }

    // SQLite only says that it cannot; the system knows why.
    private static string Refusal(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return "its folder takes no further files";
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return refused.Message.TrimEnd('.');
        }
    }

    private static string Holder(string path) =>
        SocketHolder.OfFile(path) is { } holder ? $"pid {holder.Pid} ({holder.CommandLine})" : "another program";
}
