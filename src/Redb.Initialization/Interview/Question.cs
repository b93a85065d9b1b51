using Redb.Abstractions.Configuration;

namespace Redb.Initialization.Interview;

/// <summary>Something initialization may have to know about PostgreSQL, and the three ways to answer it.</summary>
/// <param name="Prompt">The question on a terminal, without its default.</param>
/// <param name="Flag">The flag that answers it; empty for a secret, which is never an argument.</param>
/// <param name="Variable">The variable that answers it.</param>
/// <param name="Read">The present answer.</param>
/// <param name="Take">Puts an answer in; null when it is none.</param>
internal sealed record Question(
    string Prompt,
    string Flag,
    string Variable,
    Func<PostgresConfiguration, string> Read,
    Func<PostgresConfiguration, string, PostgresConfiguration?> Take
)
{
    /// <summary>Whether the answer is a secret: typed unseen, its default not shown.</summary>
    public bool IsSecret => Flag.Length == 0;

    /// <summary>Where the answer can come from without a terminal, for people.</summary>
    public string Sources => IsSecret ? Variable : $"{Flag} or {Variable}";
}
