namespace Redb.Chaos.Kit;

/// <summary>What is expected of the lines that services wrote.</summary>
internal enum Lines
{
    /// <summary>Every one of them is there, once.</summary>
    AreAllThere = 0,

    /// <summary>What could not be written when there was no room is missing; the others are there, once.</summary>
    MayBeMissing,
}
