namespace Redb.Cli.Rendering.Documents;

/// <summary>A secret that was asked for, as JSON.</summary>
internal sealed record SecretDocument(string Service, string User, string Secret) : Document
{
    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => $"{Service}:{User}";
}
