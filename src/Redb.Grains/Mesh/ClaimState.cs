namespace Redb.Grains.Mesh;

/// <summary>Whether a node may have its id and address.</summary>
internal enum ClaimState
{
    /// <summary>It has been asked for, and the answer may still come in time.</summary>
    Pending,

    /// <summary>They are its own, or there is nothing to claim.</summary>
    Free,

    /// <summary>Somebody else has one of them.</summary>
    Refused,

    /// <summary>The mesh could not be asked in time.</summary>
    Unheard,
}
