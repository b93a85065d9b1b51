using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Redb.Keyring.Files;

/// <summary>The text of a keyring file: one JSON object, <c>SERVICE:USER</c> to service, user and sealed secret. What it does not touch stays as it was.</summary>
internal sealed class KeyringDocument
{
    private const string Service = "service";
    private const string User = "user";
    private const string Sealed = "data";

    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly JsonObject _root;

    private KeyringDocument(JsonObject root) => _root = root;

    /// <summary>The names of all entries, in alphabetical order.</summary>
    public ImmutableArray<EntryName> Names =>
        [
            .. _root
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => new EntryName(Text(entry.Value, Service)!, Text(entry.Value, User)!)),
        ];

    /// <summary>A keyring without entries.</summary>
    public static KeyringDocument Empty() => new([]);

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="DamagedKeyringException">It is none, or not all of one.</exception>
    public static KeyringDocument Parse(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            throw new DamagedKeyringException("it is empty, as an interrupted write leaves it");
        }

        try
        {
            var root =
                JsonNode.Parse(text, documentOptions: s_strict) as JsonObject
                ?? throw new DamagedKeyringException("it is JSON and no object");
            foreach (var (key, value) in root)
            {
                Check(key, value);
            }

            return new(root);
        }
        catch (JsonException error)
        {
            // The parser's own words may quote the file; where it gave up is enough.
            throw new DamagedKeyringException(
                $"it is no JSON from line {error.LineNumber + 1 ?? 1}, byte {error.BytePositionInLine + 1 ?? 1} on"
            );
        }
    }

    /// <summary>The sealed secret of a name; null when there is no such entry.</summary>
    public byte[]? Find(EntryName name)
    {
        if (Text(_root[name.ToString()], Sealed) is not { } text)
        {
            return null;
        }

        var sealedBytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, sealedBytes, out var length) ? sealedBytes[..length] : [];
    }

    /// <summary>Puts an entry in, in place of what had its name.</summary>
    public void Put(EntryName name, byte[] sealedSecret) =>
        _root[name.ToString()] = new JsonObject
        {
            [Service] = name.Service,
            [User] = name.User,
            [Sealed] = Convert.ToBase64String(sealedSecret),
        };

    /// <summary>Takes an entry out.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(EntryName name) => _root.Remove(name.ToString());

    /// <summary>The text to write.</summary>
    public byte[] ToText() => JsonSerializer.SerializeToUtf8Bytes(_root, KeyringJsonContext.Default.JsonObject);

    private static void Check(string key, JsonNode? value)
    {
        if (Text(value, Service) is not { } service || Text(value, User) is not { } user || Text(value, Sealed) is null)
        {
            throw new DamagedKeyringException($"its entry '{key}' is not made of service, user and data");
        }

        if (new EntryName(service, user).ToString() != key)
        {
            throw new DamagedKeyringException($"its entry '{key}' says inside that it is '{service}:{user}'");
        }
    }

    private static string? Text(JsonNode? entry, string property) =>
        entry is JsonObject parts && parts[property] is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : null;
}
