using Redb.Abstractions.Security;

namespace Redb.Security.Tests.Kit;

/// <summary>A grain with a method for each role, and one for none.</summary>
public interface IGuardedGrain : IGrainWithStringKey
{
    [RequiresRole(CallerRole.Viewer)]
    Task<string> ReadAsync();

    [RequiresRole(CallerRole.Operator)]
    Task<string> StartAsync();

    [RequiresRole(CallerRole.Admin)]
    Task<string> EndAsync();

    [RequiresRole(CallerRole.Viewer)]
    IAsyncEnumerable<int> CountAsync(int last, CancellationToken cancellationToken = default);

    [RequiresRole(CallerRole.Admin)]
    IAsyncEnumerable<int> CountSecretlyAsync(int last, CancellationToken cancellationToken = default);

    [RequiresRole(CallerRole.Viewer)]
    Task<string> AskAnotherAsync(string key);

    /// <summary>For grains only.</summary>
    Task<string> InsideAsync();

    [RequiresRole(CallerRole.Viewer)]
    Task<int> TicksAsync();

    [RequiresRole(CallerRole.Viewer)]
    Task WatchAsync(IGuardedWatcher watcher);
}
