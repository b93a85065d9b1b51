namespace Redb.Silo.Cluster;

/// <summary>Looks which services of this host are at their beginning.</summary>
internal interface IBeginnings
{
    /// <summary>Looks.</summary>
    Task<Beginnings> LookAsync(CancellationToken cancellationToken);
}
