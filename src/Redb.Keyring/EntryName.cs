namespace Redb.Keyring;

/// <summary>What an entry is found by, in every backend.</summary>
/// <param name="Service">Such as <c>redb-database</c>. Without a colon, since a file joins both parts with one.</param>
/// <param name="User">Such as <c>postgres-password</c>.</param>
public sealed record EntryName(string Service, string User)
{
    /// <summary>Both parts as files and people write them: <c>SERVICE:USER</c>.</summary>
    public override string ToString() => $"{Service}:{User}";
}
