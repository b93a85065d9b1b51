namespace Redb.Abstractions.Security;

/// <summary>What whoever calls from outside the cluster may do. Each role may do what the ones before it may. Append only: certificates carry the names.</summary>
public enum CallerRole
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Reads: views, events, logs.</summary>
    Viewer = 1,

    /// <summary>Starts, stops, restarts and retries services and groups.</summary>
    Operator = 2,

    /// <summary>Everything: the supervisors themselves, hosts, keys.</summary>
    Admin = 3,
}
