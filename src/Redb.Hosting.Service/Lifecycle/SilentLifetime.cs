using Microsoft.Extensions.Hosting;

namespace Redb.Hosting.Service.Lifecycle;

/// <summary>Leaves signals to <see cref="SignalWatch"/>: the host's own lifetime would listen only once it has started,
/// and would not let a service ignore them.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
