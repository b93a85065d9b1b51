namespace Redb.Initialization.Passwords;

/// <summary>Which passwords of a change the server takes. Pure.</summary>
/// <param name="Current">The one that the keyring gives to whoever asks; null for none.</param>
/// <param name="Next">The one that was to replace it.</param>
/// <param name="TakesCurrent">Whether the server takes the first.</param>
/// <param name="TakesNext">Whether it takes the second.</param>
internal sealed record PasswordStanding(string? Current, string Next, bool TakesCurrent, bool TakesNext)
{
    /// <summary>The password that opens the database; null when neither does.</summary>
    public string? Opens =>
        TakesNext ? Next
        : TakesCurrent ? Current
        : null;

    /// <summary>Whether the server has never heard of the change.</summary>
    public bool IsUnbegun => TakesCurrent && !TakesNext;

    /// <summary>Leaves the passwords out.</summary>
    public override string ToString() => $"takes the old one: {TakesCurrent}, the new one: {TakesNext}";
}
