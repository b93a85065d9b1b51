namespace Redb.Silo.Cluster;

/// <summary>Whether a silo can join.</summary>
internal enum ApproachKind
{
    /// <summary>It can.</summary>
    Open,

    /// <summary>Not now; it may be different soon, without anybody's doing here.</summary>
    Closed,

    /// <summary>Not before somebody has seen to the configuration or to the database.</summary>
    Refused,
}
