using System.Collections.Immutable;

namespace Redb.Cli.Rendering.Documents;

/// <summary>What a keyring holds, without its secrets, as JSON.</summary>
/// <param name="Group">Whose it is.</param>
/// <param name="Backend"><c>file</c> or <c>system</c>.</param>
/// <param name="Place">Which file, or which system keyring.</param>
/// <param name="Entries">The names.</param>
internal sealed record KeyringDocument(
    string Group,
    string Backend,
    string Place,
    ImmutableArray<KeyringDocument.Entry> Entries
) : Document
{
    /// <summary>The name of one entry.</summary>
    internal sealed record Entry(string Service, string User);
}
