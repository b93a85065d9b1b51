using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Konscious.Security.Cryptography;

namespace Redb.Keyring.Exports;

/// <summary>Secrets of a group in one file that a password protects: a backup that may lie anywhere. The format is in docs/keyring.md.</summary>
public static class KeyringExport
{
    private const int KeyBytes = 32;
    private const int TagBytes = 16;

    /// <summary>Makes the text of an export.</summary>
    /// <param name="group">Whose secrets they are.</param>
    /// <param name="entries">The secrets.</param>
    /// <param name="password">What protects them.</param>
    /// <param name="created">When.</param>
    public static byte[] Write(
        string group,
        IReadOnlyCollection<KeyringEntry> entries,
        Secret password,
        DateTimeOffset created
    )
    {
        var header = ExportHeader.Create(created, group, RandomNumberGenerator.GetBytes);
        var plain = JsonSerializer.SerializeToUtf8Bytes(
            [.. entries.Select(e => new ExportedEntry(e.Name.Service, e.Name.User, e.Secret.Reveal()))],
            ExportJsonContext.Default.ExportedEntryArray
        );
        var data = new byte[plain.Length + TagBytes];
        using (var cipher = new AesGcm(Derive(password, header), TagBytes))
        {
            cipher.Encrypt(
                header.Nonce,
                plain,
                data.AsSpan(0, plain.Length),
                data.AsSpan(plain.Length),
                header.ToAuthenticated()
            );
        }

        CryptographicOperations.ZeroMemory(plain);
        return JsonSerializer.SerializeToUtf8Bytes(ToDocument(header, data), ExportJsonContext.Default.ExportDocument);
    }

    /// <summary>Opens an export.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <param name="password">What protects it.</param>
    /// <exception cref="KeyringException">It is none, it is damaged, or the password is another one.</exception>
    public static ImmutableArray<KeyringEntry> Read(string name, ReadOnlySpan<byte> text, Secret password)
    {
        var document = Parse(name, text);
        var header = ToHeader(name, document);
        if (!CryptographicOperations.FixedTimeEquals(Checksum(header, document.Data), document.Sha256))
        {
            throw Damaged(name, "its checksum does not fit: it was changed or cut after it was made");
        }

        var plain = new byte[Math.Max(0, document.Data.Length - TagBytes)];
        try
        {
            using var cipher = new AesGcm(Derive(password, header), TagBytes);
            cipher.Decrypt(
                header.Nonce,
                document.Data.AsSpan(0, plain.Length),
                document.Data.AsSpan(plain.Length),
                plain,
                header.ToAuthenticated()
            );
            var entries = JsonSerializer.Deserialize(plain, ExportJsonContext.Default.ExportedEntryArray) ?? [];
            return [.. entries.Select(e => new KeyringEntry(new(e.Service, e.User), new(e.Secret)))];
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new KeyringException(
                KeyringFault.WrongPassword,
                $"{name} was not opened",
                "the file is whole and the password is not the one it was made with",
                "try again with the password of the export, which is not the master password unless you chose so"
            );
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static ExportDocument Parse(string name, ReadOnlySpan<byte> text)
    {
        ExportDocument document;
        try
        {
            document = JsonSerializer.Deserialize(text, ExportJsonContext.Default.ExportDocument)!;
        }
        catch (JsonException error)
        {
            throw Damaged(name, $"it is no JSON of an export, in line {error.LineNumber + 1 ?? 1}");
        }

        return document switch
        {
            null or { Format: not ExportHeader.Format } => throw Damaged(name, "it is no export of a keyring"),
            { Version: not ExportHeader.Version }
            or { Kdf: not ExportHeader.KeyDerivation }
            or { Cipher: not ExportHeader.Cipher } => throw Damaged(
                name,
                $"it is an export of version {document.Version} with {document.Kdf} and {document.Cipher}; this redbctl knows version {ExportHeader.Version}"
            ),
            // What a file leaves out is null here, whatever the type says.
            { Created: null }
            or { Group: null }
            or { Salt: null }
            or { Nonce: null }
            or { Data: null }
            or { Sha256: null } => throw Damaged(name, "a part of it is missing"),
            _ => document,
        };
    }

    private static ExportHeader ToHeader(string name, ExportDocument document)
    {
        if (
            !DateTimeOffset.TryParseExact(
                document.Created,
                "O",
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind,
                out var created
            )
        )
        {
            throw Damaged(name, "it does not say when it was made");
        }

        var header = new ExportHeader(
            created,
            document.Group,
            document.MemoryKib,
            document.Passes,
            document.Lanes,
            document.Salt,
            document.Nonce
        );
        return header.IsLegal && document.Data.Length >= TagBytes
            ? header
            : throw Damaged(name, "its numbers are none that an export has");
    }

    private static ExportDocument ToDocument(ExportHeader header, byte[] data) =>
        new()
        {
            Format = ExportHeader.Format,
            Version = ExportHeader.Version,
            Created = header.Created.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
            Group = header.Group,
            Kdf = ExportHeader.KeyDerivation,
            MemoryKib = header.MemoryKib,
            Passes = header.Passes,
            Lanes = header.Lanes,
            Salt = header.Salt,
            Cipher = ExportHeader.Cipher,
            Nonce = header.Nonce,
            Data = data,
            Sha256 = Checksum(header, data),
        };

    private static byte[] Derive(Secret password, ExportHeader header)
    {
        using var derivation = new Argon2id(Encoding.UTF8.GetBytes(password.Reveal()))
        {
            Salt = header.Salt,
            MemorySize = header.MemoryKib,
            Iterations = header.Passes,
            DegreeOfParallelism = header.Lanes,
        };
        return derivation.GetBytes(KeyBytes);
    }

    private static byte[] Checksum(ExportHeader header, byte[] data) =>
        SHA256.HashData([.. header.ToAuthenticated(), .. data]);

    private static KeyringException Damaged(string name, string cause) =>
        new(KeyringFault.Damaged, $"{name} was not opened", cause, "take another copy of it; nothing was changed");
}
