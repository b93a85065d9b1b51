namespace Redb.Abstractions.Configuration;

/// <summary>Where the supervisors of a cluster find each other.</summary>
public enum ClusterProvider
{
    /// <summary>In a file of this machine: all supervisors of this user here are one cluster.</summary>
    Embedded = 0,

    /// <summary>In a PostgreSQL database that several hosts reach.</summary>
    Postgres = 1,
}
