using System.Text.Json;
using System.Text.Json.Serialization;
using Redb.Keyring.Files;

namespace Redb.Keyring.Rotation;

/// <summary>What stands beside a keyring while its master password changes: each of the two passwords, sealed with the other one, so that
/// whoever knows either can finish.</summary>
/// <param name="Next">The new password, sealed with the old one.</param>
/// <param name="Previous">The old password, sealed with the new one.</param>
internal sealed record RotationRecord(
    [property: JsonPropertyName("next")] byte[] Next,
    [property: JsonPropertyName("previous")] byte[] Previous
)
{
    private const string Ending = ".rotation";

    /// <summary>Where the record of a keyring stands.</summary>
    public static string Beside(string keyring) => keyring + Ending;

    /// <summary>The record of a change.</summary>
    public static RotationRecord Of(Secret previous, Secret next) =>
        new(Seal.Close(previous, next), Seal.Close(next, previous));

    /// <summary>The record beside a keyring; null when no change is under way.</summary>
    public static RotationRecord? Read(string keyring)
    {
        var path = Beside(keyring);
        if (SafeFile.Read(path) is not { } content)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(content, RotationJsonContext.Default.RotationRecord)
                ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new KeyringException(
                KeyringFault.Damaged,
                $"{path} is not used",
                "it should hold the passwords of a rotation that was begun, and does not",
                $"see which password opens {keyring} (redbctl keyring get), configure that one, and delete {path}"
            );
        }
    }

    /// <summary>Writes the record. Only for who holds the lock of the keyring.</summary>
    public void Write(string keyring) =>
        SafeFile.Replace(
            Beside(keyring),
            JsonSerializer.SerializeToUtf8Bytes(this, RotationJsonContext.Default.RotationRecord)
        );

    /// <summary>Both passwords, by the one that is known; null when it is neither.</summary>
    public (Secret Previous, Secret Next)? Open(Secret known) =>
        Seal.Open(known, Next) is { } next ? (known, next)
        : Seal.Open(known, Previous) is { } previous ? (previous, known)
        : null;
}
