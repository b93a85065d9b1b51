using Redb.Abstractions.Security;

namespace Redb.Abstractions.Hosts;

/// <summary>
/// What the supervisor that is asked knows of the whole cluster. It answers out of its own memory, whatever has become of the others. The grain key
/// is the name of the host that is asked, and means nothing more.
/// </summary>
public interface IClusterDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Reads it as it stands.</summary>
    [RequiresRole(CallerRole.Viewer)]
    Task<ClusterView> GetViewAsync();

    /// <summary>Forgets supervisors of a host that are not there any more; one that comes back is known again.</summary>
    /// <returns>How many were forgotten.</returns>
    [RequiresRole(CallerRole.Admin)]
    Task<int> ForgetAsync(string host);
}
