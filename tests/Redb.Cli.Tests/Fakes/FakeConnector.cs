using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;

namespace Redb.Cli.Tests.Fakes;

/// <summary>Connects every supervisor to the test cluster.</summary>
internal sealed class FakeConnector(IGrainFactory grains) : ISupervisorConnector
{
    public Task<ISupervisorConnection> ConnectAsync(SupervisorAddress address, CancellationToken cancellationToken) =>
        Task.FromResult<ISupervisorConnection>(new Connection(grains));

    private sealed record Connection(IGrainFactory Grains) : ISupervisorConnection
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
