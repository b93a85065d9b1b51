using Redb.Grains.Supervision;
using Redb.Silo.Processes;

namespace Redb.Silo.Hosting;

/// <summary>Carries out what tools ask of the supervisor itself.</summary>
/// <param name="requests">Where the end is asked for.</param>
/// <param name="self">How this process was started.</param>
/// <param name="time">The clock.</param>
internal sealed class SupervisorControl(StopRequests requests, StartedAs self, TimeProvider time) : ISupervisorControl
{
    public async Task<string> RestartAsync()
    {
        if (await SelfCheck.RefusalAsync(self, SelfCheck.Patience, time) is { } refusal)
        {
            return refusal;
        }

        requests.Request(Ending.Restart);
        return "";
    }

    public void Stop(bool leaveRunning) => requests.Request(leaveRunning ? Ending.Leave : Ending.Stop);
}
