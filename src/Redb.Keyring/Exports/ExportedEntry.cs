namespace Redb.Keyring.Exports;

/// <summary>One entry inside an export.</summary>
internal sealed record ExportedEntry(string Service, string User, string Secret)
{
    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => $"{Service}:{User}";
}
