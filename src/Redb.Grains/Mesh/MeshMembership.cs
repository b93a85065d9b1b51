namespace Redb.Grains.Mesh;

/// <summary>What core says of its node. Sent between silos: append, never renumber.</summary>
internal enum MeshMembership
{
    /// <summary>It has not been asked, or does not answer.</summary>
    Unknown = 0,

    /// <summary>It is in no mesh and may join one.</summary>
    Clean = 1,

    /// <summary>A join has begun.</summary>
    Joining = 2,

    /// <summary>It is in a mesh.</summary>
    Active = 3,

    /// <summary>Anything else: it is leaving, or offline.</summary>
    Other = 4,
}
