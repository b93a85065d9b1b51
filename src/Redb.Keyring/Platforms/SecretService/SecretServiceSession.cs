using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Redb.Keyring.Platforms.SecretService;

/// <summary>One visit to the Secret Service: connects, unlocks the collection that programs in Go use, and works on it. Blocks; ends early when cancelled.</summary>
internal sealed unsafe class SecretServiceSession : IDisposable
{
    private const string LoginCollection = "/org/freedesktop/secrets/collection/login";
    private const string DefaultAlias = "default";
    private const string ContentType = "text/plain; charset=utf8";

    private readonly nint _cancellable;
    private nint _service;
    private nint _collection;
    private bool _isLocked;

    private SecretServiceSession(nint cancellable) => _cancellable = cancellable;

    /// <summary>Begins a visit.</summary>
    public static SecretServiceSession Open(nint cancellable)
    {
        // The library first: where it is missing, that is what there is to say.
        var type = LibSecret.ServiceType();
        var session = new SecretServiceSession(cancellable);
        try
        {
            session.Connect(type);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The first secret of this name; null when there is none.</summary>
    public Secret? Get(EntryName name)
    {
        Secret? found = null;
        ForEach(Search(name, LibSecret.SearchAll | LibSecret.SearchLoadsSecrets), item => found ??= SecretOf(item));
        return found;
    }

    /// <summary>Writes a secret. Items of this name get it, whoever made them: readers take the first they meet.</summary>
    public void Set(KeyringEntry entry)
    {
        var bytes = Encoding.UTF8.GetBytes(entry.Secret.Reveal());
        nint value;
        fixed (byte* start = bytes)
        {
            value = LibSecret.NewValue(start, bytes.Length, ContentType);
        }

        CryptographicOperations.ZeroMemory(bytes);
        try
        {
            var isThere = false;
            ForEach(
                Search(entry.Name, LibSecret.SearchAll),
                item =>
                {
                    GLib.Error* error = null;
                    Check(LibSecret.SetSecret(item, value, _cancellable, &error) != 0, error);
                    isThere = true;
                }
            );
            if (!isThere)
            {
                Create(entry.Name, value);
            }
        }
        finally
        {
            LibSecret.ReleaseValue(value);
        }
    }

    /// <summary>Deletes what has this name.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Delete(EntryName name)
    {
        var isThere = false;
        ForEach(
            Search(name, LibSecret.SearchAll),
            item =>
            {
                GLib.Error* error = null;
                Check(LibSecret.Delete(item, _cancellable, &error) != 0, error);
                isThere = true;
            }
        );
        return isThere;
    }

    /// <summary>The names of all entries of the kind that reDB makes.</summary>
    public ImmutableArray<EntryName> List()
    {
        GLib.Error* error = null;
        Check(LibSecret.LoadItems(_collection, _cancellable, &error) != 0, error);
        var names = new HashSet<EntryName>();
        ForEach(
            LibSecret.Items(_collection),
            item =>
            {
                var attributes = LibSecret.AttributesOf(item);
                if (AttributeTable.Read(attributes) is { } name)
                {
                    names.Add(name);
                }

                GLib.ReleaseTable(attributes);
            }
        );
        return [.. names.OrderBy(name => name.ToString(), StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        foreach (var held in new[] { _collection, _service }.Where(held => held != 0))
        {
            GLib.Release(held);
        }
    }

    private void Connect(nint type)
    {
        GLib.Error* error = null;
        Check(GLib.ConnectToSessionBus(_cancellable, &error) != 0, error);
        _service = LibSecret.Open(type, 0, LibSecret.OpenSession, _cancellable, &error);
        Check(_service != 0, error);
        _collection = FindCollection();
        Unlock();
    }

    private nint FindCollection()
    {
        GLib.Error* error = null;
        var login = LibSecret.CollectionAt(_service, LoginCollection, 0, _cancellable, &error);
        if (login != 0)
        {
            return login;
        }

        GLib.Free(error);
        error = null;
        var standard = LibSecret.CollectionOfAlias(_service, DefaultAlias, 0, _cancellable, &error);
        Check(error is null, error);
        return standard != 0
            ? standard
            : throw new SecretServiceException("it has no login keyring and no default one", isLocked: false);
    }

    private void Unlock()
    {
        if (LibSecret.IsLocked(_collection) == 0)
        {
            return;
        }

        _isLocked = true;
        GLib.Error* error = null;
        var wanted = GLib.Append(null, _collection);
        var unlocked = LibSecret.Unlock(_service, wanted, _cancellable, null, &error);
        GLib.Free(wanted);
        Check(error is null, error);
        if (unlocked == 0)
        {
            throw new SecretServiceException("the prompt to unlock it was not answered", isLocked: true);
        }

        _isLocked = false;
    }

    private GLib.Link* Search(EntryName name, int flags)
    {
        using var attributes = new AttributeTable(name);
        GLib.Error* error = null;
        var found = LibSecret.Search(_collection, 0, attributes.Handle, flags, _cancellable, &error);
        Check(error is null, error);
        return found;
    }

    private void Create(EntryName name, nint value)
    {
        using var attributes = new AttributeTable(name);
        GLib.Error* error = null;
        var item = LibSecret.Create(
            _collection,
            0,
            attributes.Handle,
            $"Password for '{name.User}' on '{name.Service}'",
            value,
            0,
            _cancellable,
            &error
        );
        Check(item != 0, error);
        GLib.Release(item);
    }

    private static Secret? SecretOf(nint item)
    {
        var value = LibSecret.SecretOf(item);
        if (value == 0)
        {
            return null;
        }

        nuint length;
        var bytes = LibSecret.Bytes(value, &length);
        var secret = new Secret(Encoding.UTF8.GetString(bytes, (int)length));
        LibSecret.ReleaseValue(value);
        return secret;
    }

    private static void ForEach(GLib.Link* list, Action<nint> action)
    {
        try
        {
            for (var link = list; link is not null; link = link->Next)
            {
                action(link->Item);
            }
        }
        finally
        {
            for (var link = list; link is not null; link = link->Next)
            {
                GLib.Release(link->Item);
            }

            GLib.Free(list);
        }
    }

    private void Check(bool isDone, GLib.Error* error)
    {
        if (isDone)
        {
            return;
        }

        var message = error is null ? "it gave no reason" : Marshal.PtrToStringUTF8((nint)error->Message) ?? "";
        if (error is not null)
        {
            GLib.Free(error);
        }

        throw new SecretServiceException(message, _isLocked);
    }
}
