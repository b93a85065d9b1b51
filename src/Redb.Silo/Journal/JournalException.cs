namespace Redb.Silo.Journal;

/// <summary>Carries a trouble that is already in words to the top of the writer's loop.</summary>
internal sealed class JournalException(string trouble) : Exception(trouble);
