using System.Runtime.InteropServices;

namespace Redb.Keyring.Platforms.SecretService;

/// <summary>The two attributes by which programs in Go find an entry, as libsecret takes them.</summary>
internal sealed class AttributeTable : IDisposable
{
    private const string Service = "service";
    private const string User = "username";
    private const string Schema = "xdg:schema";

    private readonly List<nint> _texts = [];

    public AttributeTable(EntryName name)
    {
        Handle = GLib.NewTable(GLib.Function("g_str_hash"), GLib.Function("g_str_equal"));
        Insert(Service, name.Service);
        Insert(User, name.User);
    }

    public nint Handle { get; }

    /// <summary>The name that an item's attributes spell; null when it is an entry of another kind of program.</summary>
    public static EntryName? Read(nint table)
    {
        var service = Marshal.PtrToStringUTF8(GLib.Lookup(table, Service));
        var user = Marshal.PtrToStringUTF8(GLib.Lookup(table, User));
        // The daemon may add the schema by itself.
        var known = GLib.Lookup(table, Schema) == 0 ? 2u : 3u;
        return service is not null && user is not null && GLib.Size(table) == known ? new(service, user) : null;
    }

    public void Dispose()
    {
        GLib.ReleaseTable(Handle);
        _texts.ForEach(Marshal.FreeCoTaskMem);
    }

    private void Insert(string key, string value) => _ = GLib.Insert(Handle, Keep(key), Keep(value));

    private nint Keep(string text)
    {
        var copy = Marshal.StringToCoTaskMemUTF8(text);
        _texts.Add(copy);
        return copy;
    }
}
