namespace Redb.Security;

/// <summary>Certificates, keys or their files are not as they must be. Three parts for people; caught once, where the program ends or prints.</summary>
internal sealed class CredentialFailure(string what, string cause, string next) : Exception(what)
{
    /// <summary>The measured reason.</summary>
    public string Cause { get; } = cause;

    /// <summary>What to do next, a command where there is one.</summary>
    public string Next { get; } = next;

    /// <summary>What failed, why, and what to do, in three lines.</summary>
    public string Describe() => $"{Message}: {Cause}\n  {Next}";
}
