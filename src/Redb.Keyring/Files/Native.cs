using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Redb.Keyring.Files;

/// <summary>Calls of the C library that .NET has no words for, with the numbers of Linux.</summary>
internal static unsafe partial class Native
{
    private const string Library = "libc";
    private const int CurrentFolder = -100;
    private const int BasicFacts = 0x7FF;
    private const int StatxBytes = 256;
    private const int OwnerOffset = 20;
    private const int GroupOffset = 24;
    private const int InodeOffset = 32;

    /// <summary>Who a file belongs to and which one it is.</summary>
    /// <param name="Owner">Its user.</param>
    /// <param name="Group">Its group.</param>
    /// <param name="Inode">Its number on its disk.</param>
    public readonly record struct Identity(uint Owner, uint Group, ulong Inode);

    /// <summary>Whose file it is; null when that cannot be found out.</summary>
    [SupportedOSPlatform("linux")]
    public static Identity? IdentityOf(string path)
    {
        var facts = stackalloc byte[StatxBytes];
        return Statx(CurrentFolder, path, 0, BasicFacts, facts) == 0
            ? new(*(uint*)(facts + OwnerOffset), *(uint*)(facts + GroupOffset), *(ulong*)(facts + InodeOffset))
            : null;
    }

    /// <summary>Has the disk remember what a folder contains, renames included.</summary>
    /// <returns>The system's error number; 0 when it is done.</returns>
    [UnsupportedOSPlatform("windows")]
    public static int SyncFolder(string path)
    {
        using var folder = new SafeFileHandle(Open(path, 0), ownsHandle: true);
        return folder.IsInvalid || Sync(folder) != 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    [LibraryImport(Library, EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(string from, string to);

    [LibraryImport(Library, EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint owner, uint group);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle descriptor);

    [LibraryImport(Library, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, int mask, byte* facts);
}
