using System.Runtime.InteropServices;

namespace Redb.Keyring.Platforms.CredentialManager;

/// <summary>The calls of Windows for credentials.</summary>
internal static unsafe partial class Advapi
{
    public const uint Generic = 1;
    public const uint OfThisMachine = 2;
    public const int NotFound = 1168;

    private const string Library = "advapi32.dll";

    /// <summary><c>CREDENTIALW</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Credential
    {
        public uint Flags;
        public uint Type;
        public char* TargetName;
        public char* Comment;
        public long LastWritten;
        public uint BlobBytes;
        public byte* Blob;
        public uint Persistence;
        public uint AttributeCount;
        public nint Attributes;
        public char* TargetAlias;
        public char* UserName;
    }

    [LibraryImport(Library, EntryPoint = "CredWriteW", SetLastError = true)]
    public static partial int Write(Credential* credential, uint flags);

    [LibraryImport(Library, EntryPoint = "CredReadW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial int Read(string target, uint type, uint flags, Credential** credential);

    [LibraryImport(
        Library,
        EntryPoint = "CredDeleteW",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf16
    )]
    public static partial int Delete(string target, uint type, uint flags);

    [LibraryImport(Library, EntryPoint = "CredEnumerateW", SetLastError = true)]
    public static partial int Enumerate(char* filter, uint flags, uint* count, Credential*** credentials);

    [LibraryImport(Library, EntryPoint = "CredFree")]
    public static partial void Free(void* buffer);
}
