namespace Redb.Abstractions.Supervision;

/// <summary>The supervisor of one host. The grain key is the host's name.</summary>
public interface ISupervisorGrain : IGrainWithStringKey
{
    /// <summary>Reads the supervisor as it stands.</summary>
    Task<SupervisorView> GetViewAsync();
}
