using System.Runtime.InteropServices;

namespace Redb.Keyring.Platforms.SecretService;

/// <summary>Calls of libsecret. Always without a schema: that would add an attribute, and programs in Go would write beside our entries.</summary>
internal static unsafe partial class LibSecret
{
    public const string Library = "libsecret-1.so.0";
    public const int OpenSession = 1 << 1;
    public const int SearchAll = 1 << 1;
    public const int SearchLoadsSecrets = 1 << 3;

    [LibraryImport(Library, EntryPoint = "secret_service_get_type")]
    public static partial nint ServiceType();

    [LibraryImport(Library, EntryPoint = "secret_service_open_sync")]
    public static partial nint Open(nint type, nint busName, int flags, nint cancellable, GLib.Error** error);

    [LibraryImport(
        Library,
        EntryPoint = "secret_collection_new_for_dbus_path_sync",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial nint CollectionAt(nint service, string path, int flags, nint cancellable, GLib.Error** error);

    [LibraryImport(
        Library,
        EntryPoint = "secret_collection_for_alias_sync",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial nint CollectionOfAlias(
        nint service,
        string alias,
        int flags,
        nint cancellable,
        GLib.Error** error
    );

    [LibraryImport(Library, EntryPoint = "secret_collection_get_locked")]
    public static partial int IsLocked(nint collection);

    [LibraryImport(Library, EntryPoint = "secret_service_unlock_sync")]
    public static partial int Unlock(
        nint service,
        GLib.Link* objects,
        nint cancellable,
        GLib.Link** unlocked,
        GLib.Error** error
    );

    [LibraryImport(Library, EntryPoint = "secret_collection_search_sync")]
    public static partial GLib.Link* Search(
        nint collection,
        nint schema,
        nint attributes,
        int flags,
        nint cancellable,
        GLib.Error** error
    );

    [LibraryImport(Library, EntryPoint = "secret_collection_load_items_sync")]
    public static partial int LoadItems(nint collection, nint cancellable, GLib.Error** error);

    [LibraryImport(Library, EntryPoint = "secret_collection_get_items")]
    public static partial GLib.Link* Items(nint collection);

    [LibraryImport(Library, EntryPoint = "secret_item_create_sync", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Create(
        nint collection,
        nint schema,
        nint attributes,
        string label,
        nint value,
        int flags,
        nint cancellable,
        GLib.Error** error
    );

    [LibraryImport(Library, EntryPoint = "secret_item_set_secret_sync")]
    public static partial int SetSecret(nint item, nint value, nint cancellable, GLib.Error** error);

    [LibraryImport(Library, EntryPoint = "secret_item_get_secret")]
    public static partial nint SecretOf(nint item);

    [LibraryImport(Library, EntryPoint = "secret_item_get_attributes")]
    public static partial nint AttributesOf(nint item);

    [LibraryImport(Library, EntryPoint = "secret_item_delete_sync")]
    public static partial int Delete(nint item, nint cancellable, GLib.Error** error);

    [LibraryImport(Library, EntryPoint = "secret_value_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewValue(byte* secret, nint length, string contentType);

    [LibraryImport(Library, EntryPoint = "secret_value_get")]
    public static partial byte* Bytes(nint value, nuint* length);

    [LibraryImport(Library, EntryPoint = "secret_value_unref")]
    public static partial void ReleaseValue(nint value);
}
