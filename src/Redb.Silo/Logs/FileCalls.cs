using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Logs;

/// <summary>The C library calls on files that .NET does not offer, with the numbers of the Linux ABI.</summary>
internal static unsafe partial class FileCalls
{
    public const int CollapseRange = 0x08;

    private const string Library = "libc";
    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x8_0000;
    private const int OwnerWriteGroupRead = 0b110_100_000;
    private const int StructureSize = 512;

    /// <summary>A handle whose every write goes to the end of the file, made if need be; invalid when it cannot be had.</summary>
    public static SafeFileHandle OpenAppend(string path) =>
        new(Open(path, WriteOnly | Create | Append | CloseOnExec, OwnerWriteGroupRead), ownsHandle: true);

    /// <summary>Device and inode: equal for two handles of the same file, whatever its name.</summary>
    public static (ulong Device, ulong Inode) Identity(SafeFileHandle file)
    {
        // st_dev and st_ino come first in struct stat on 64-bit Linux.
        var status = stackalloc ulong[StructureSize / sizeof(ulong)];
        return FStat(file, status) == 0 ? (status[0], status[1]) : default;
    }

    /// <summary>Bytes in a block of the file system that the file is on.</summary>
    public static long BlockSize(SafeFileHandle file)
    {
        // f_bsize is the second member of struct statfs on 64-bit Linux.
        var status = stackalloc long[StructureSize / sizeof(long)];
        return FStatFs(file, status) == 0 && status[1] > 0 ? status[1] : Environment.SystemPageSize;
    }

    [LibraryImport(Library, EntryPoint = "fallocate", SetLastError = true)]
    public static partial int Allocate(SafeFileHandle file, int mode, long offset, long length);

    [LibraryImport(Library, EntryPoint = "copy_file_range", SetLastError = true)]
    public static partial nint CopyRange(
        SafeFileHandle from,
        long* fromOffset,
        SafeFileHandle to,
        long* toOffset,
        nuint length,
        uint flags
    );

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(SafeFileHandle file, byte* bytes, nuint count);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport(Library, EntryPoint = "fstat", SetLastError = true)]
    private static partial int FStat(SafeFileHandle file, void* status);

    [LibraryImport(Library, EntryPoint = "fstatfs", SetLastError = true)]
    private static partial int FStatFs(SafeFileHandle file, void* status);
}
