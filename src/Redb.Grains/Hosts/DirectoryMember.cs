namespace Redb.Grains.Hosts;

/// <summary>One silo as the cluster's membership has it.</summary>
/// <param name="Silo">Its name.</param>
/// <param name="Generation">Which life of it.</param>
/// <param name="Host">Name of its host.</param>
/// <param name="Address">Where it is reached.</param>
/// <param name="IsDead">Whether that life is over.</param>
internal sealed record DirectoryMember(string Silo, long Generation, string Host, string Address, bool IsDead);
