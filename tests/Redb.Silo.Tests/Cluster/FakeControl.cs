using Redb.Grains.Supervision;

namespace Redb.Silo.Tests.Cluster;

/// <summary>A supervisor that counts how often it was to be restarted.</summary>
internal sealed class FakeControl : ISupervisorControl
{
    public string Refusal { get; set; } = "";

    public int Restarts { get; private set; }

    public Task<string> RestartAsync()
    {
        Restarts++;
        return Task.FromResult(Refusal);
    }

    public void Stop(bool leaveRunning) => throw new NotSupportedException();
}
