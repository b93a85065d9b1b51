using System.Runtime.InteropServices;

namespace Redb.Keyring.Platforms.SecretService;

/// <summary>Calls of GLib and its kin that come with libsecret. Loaded at the first of them.</summary>
internal static unsafe partial class GLib
{
    private const string Core = "libglib-2.0.so.0";
    private const string Objects = "libgobject-2.0.so.0";
    private const string Io = "libgio-2.0.so.0";
    private const int SessionBus = 2;

    /// <summary>One link of a list.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Link
    {
        public nint Item;
        public Link* Next;
        public Link* Previous;
    }

    /// <summary>What failed.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Error
    {
        public uint Domain;
        public int Code;
        public byte* Message;
    }

    [LibraryImport(Io, EntryPoint = "g_cancellable_new")]
    public static partial nint NewCancellable();

    [LibraryImport(Io, EntryPoint = "g_cancellable_cancel")]
    public static partial void Cancel(nint cancellable);

    [LibraryImport(Objects, EntryPoint = "g_object_unref")]
    public static partial void Release(nint instance);

    [LibraryImport(Core, EntryPoint = "g_error_free")]
    public static partial void Free(Error* error);

    [LibraryImport(Core, EntryPoint = "g_list_append")]
    public static partial Link* Append(Link* list, nint item);

    [LibraryImport(Core, EntryPoint = "g_list_free")]
    public static partial void Free(Link* list);

    [LibraryImport(Core, EntryPoint = "g_hash_table_new")]
    public static partial nint NewTable(nint hash, nint equal);

    [LibraryImport(Core, EntryPoint = "g_hash_table_insert")]
    public static partial int Insert(nint table, nint key, nint value);

    [LibraryImport(Core, EntryPoint = "g_hash_table_lookup", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Lookup(nint table, string key);

    [LibraryImport(Core, EntryPoint = "g_hash_table_size")]
    public static partial uint Size(nint table);

    [LibraryImport(Core, EntryPoint = "g_hash_table_unref")]
    public static partial void ReleaseTable(nint table);

    /// <summary>A function of GLib's to hand back to it.</summary>
    public static nint Function(string name) =>
        NativeLibrary.GetExport(
            NativeLibrary.Load(Core, typeof(GLib).Assembly, DllImportSearchPath.SafeDirectories),
            name
        );

    /// <summary>Connects to the session bus and keeps the connection for good: one that closes would otherwise end this process with SIGTERM.</summary>
    public static nint ConnectToSessionBus(nint cancellable, Error** error)
    {
        var connection = GetBus(SessionBus, cancellable, error);
        if (connection != 0)
        {
            SetExitOnClose(connection, 0);
        }

        return connection;
    }

    [LibraryImport(Io, EntryPoint = "g_bus_get_sync")]
    private static partial nint GetBus(int kind, nint cancellable, Error** error);

    [LibraryImport(Io, EntryPoint = "g_dbus_connection_set_exit_on_close")]
    private static partial void SetExitOnClose(nint connection, int exits);
}
