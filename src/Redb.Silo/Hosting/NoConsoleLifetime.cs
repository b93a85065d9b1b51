namespace Redb.Silo.Hosting;

/// <summary>
/// Leaves signals to <see cref="StopRequests"/>: the host's own handling would cancel a start half-way, and cut the services off from
/// the supervisor before they are stopped.
/// </summary>
internal sealed class NoConsoleLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
