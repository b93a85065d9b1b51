using System.Text;

namespace Redb.Keyring.Platforms.CredentialManager;

/// <summary>What Windows and programs in Go agree on about a credential. Pure.</summary>
internal static class CredentialRules
{
    private const int MostSecretBytes = 2560;
    private const int MostServiceBytes = 511;

    /// <summary>What a credential of this name is called.</summary>
    public static string Target(EntryName name) => name.ToString();

    /// <summary>The name that a credential stands for; null when another kind of program made it.</summary>
    public static EntryName? NameOf(string target, string user) =>
        user.Length > 0 && target.Length > user.Length + 1 && target.EndsWith($":{user}", StringComparison.Ordinal)
            ? new(target[..^(user.Length + 1)], user)
            : null;

    /// <summary>Why Windows takes no such entry; null when it does.</summary>
    public static string? Refusal(KeyringEntry entry) =>
        Encoding.UTF8.GetByteCount(entry.Secret.Reveal()) > MostSecretBytes
            ? $"a credential holds {MostSecretBytes} bytes at most"
        : Encoding.UTF8.GetByteCount(entry.Name.Service) > MostServiceBytes
            ? $"the service of a credential has {MostServiceBytes} bytes at most"
        : null;
}
