using Redb.Abstractions.Supervision;
using Redb.Cli.Clients;

namespace Redb.Cli.Tests.Fakes;

/// <summary>Connects every supervisor to the test cluster.</summary>
/// <param name="grains">The test cluster.</param>
/// <param name="trouble">What keeps an attempt from succeeding; null for nothing.</param>
internal sealed class FakeConnector(IGrainFactory grains, Func<CommandFailure?> trouble) : ISupervisorConnector
{
    public Task<ISupervisorConnection> ConnectAsync(SupervisorAddress address, CancellationToken cancellationToken) =>
        trouble() is { } failure
            ? Task.FromException<ISupervisorConnection>(failure)
            : Task.FromResult<ISupervisorConnection>(new Connection(grains));

    private sealed record Connection(IGrainFactory Grains) : ISupervisorConnection
    {
        public CancellationToken Lost => CancellationToken.None;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
