using Redb.Grains.Supervision;

namespace Redb.Silo.Hosting;

/// <summary>Carries out what tools ask of the supervisor itself.</summary>
internal sealed class SupervisorControl(StopRequests requests) : ISupervisorControl
{
    public Task<string> RestartAsync() => Task.FromResult("a restart in place is not there yet");

    public void Stop(bool leaveRunning) => Begin(leaveRunning ? Ending.Leave : Ending.Stop);

    // Off the grain's thread, which still has to answer.
    private void Begin(Ending ending) => _ = Task.Run(() => requests.Request(ending));
}
