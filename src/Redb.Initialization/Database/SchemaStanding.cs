namespace Redb.Initialization.Database;

/// <summary>The tables of a node.</summary>
/// <param name="IsCurrent">Whether they are complete and of the version this program works with.</param>
/// <param name="What">What is there, or what would be done; for people.</param>
internal sealed record SchemaStanding(bool IsCurrent, string What);
