using Redb.Abstractions.Security;

namespace Redb.Abstractions.Supervision;

/// <summary>The supervisor of a group. The grain key is <c>host/group</c>; a supervisor answers to each of its groups.</summary>
public interface ISupervisorGrain : IGrainWithStringKey
{
    /// <summary>Reads the supervisor as it stands.</summary>
    [RequiresRole(CallerRole.Viewer)]
    Task<SupervisorView> GetViewAsync();

    /// <summary>
    /// Replaces the supervisor by whatever its executable and its configuration files are now; every service keeps its process.
    /// Checked first: with a configuration that is refused nothing is replaced.
    /// </summary>
    /// <returns>Empty when the replacement is under way, else why it is not, for people.</returns>
    [RequiresRole(CallerRole.Admin)]
    Task<string> RestartAsync();

    /// <summary>Ends the supervisor; returns once that is recorded.</summary>
    /// <param name="leaveRunning">Whether the services keep running, for the next supervisor to take over; else they are stopped in order.</param>
    [RequiresRole(CallerRole.Admin)]
    Task StopAsync(bool leaveRunning);
}
