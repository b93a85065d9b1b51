namespace Redb.Initialization.Database;

/// <summary>The database of a node, as the server answers.</summary>
internal enum DatabaseStanding
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It is there, and the node's role may create in it.</summary>
    Usable,

    /// <summary>It is there, and the role has not the rights it needs.</summary>
    WithoutRights,
}
