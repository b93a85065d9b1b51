using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Redb.TestKit;

/// <summary>Opens keyring files as a service would (contract, 5.2), with nothing of ours.</summary>
internal static class KeyringPeek
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Every entry of every keyring in a folder, as <c>FILE SERVICE:USER</c>.</summary>
    public static Dictionary<string, string> ReadAll(string folder, string password) =>
        Directory
            .EnumerateFiles(folder, "keyring*.json*", SearchOption.AllDirectories)
            .Where(file =>
                !file.EndsWith(".key", StringComparison.Ordinal) && !file.EndsWith(".lock", StringComparison.Ordinal)
            )
            .SelectMany(file =>
                Read(file, password)
                    .Select(entry => KeyValuePair.Create($"{Path.GetFileName(file)} {entry.Key}", entry.Value))
            )
            .ToDictionary(StringComparer.Ordinal);

    /// <summary>Every entry of a keyring.</summary>
    public static Dictionary<string, string> Read(string file, string password)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document
            .RootElement.EnumerateObject()
            .ToDictionary(
                entry => entry.Name,
                entry => Open(entry.Value.GetProperty("data").GetBytesFromBase64(), password),
                StringComparer.Ordinal
            );
    }

    private static string Open(byte[] data, string password)
    {
        using var cipher = new AesGcm(SHA256.HashData(Encoding.UTF8.GetBytes(password)), TagLength);
        var text = new byte[data.Length - NonceLength - TagLength];
        cipher.Decrypt(
            data.AsSpan(0, NonceLength),
            data.AsSpan(NonceLength, text.Length),
            data.AsSpan(^TagLength..),
            text
        );
        return Encoding.UTF8.GetString(text);
    }
}
