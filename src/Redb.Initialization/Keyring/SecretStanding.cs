namespace Redb.Initialization.Keyring;

/// <summary>A secret as the keyring holds it.</summary>
/// <param name="Value">Its value; null when it is nowhere.</param>
/// <param name="IsEverywhere">Whether it stands, with this value, under every name that somebody looks for it.</param>
public sealed record SecretStanding(string? Value, bool IsEverywhere)
{
    /// <summary>Leaves the value out.</summary>
    public override string ToString() =>
        Value is null ? "absent" : $"present, {(IsEverywhere ? "everywhere" : "partly")}";
}
