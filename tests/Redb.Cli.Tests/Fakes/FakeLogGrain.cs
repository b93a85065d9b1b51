using Redb.Abstractions.Logs;

namespace Redb.Cli.Tests.Fakes;

/// <summary>Passes calls on to the test's group.</summary>
public sealed class FakeLogGrain(FakeWorld world) : Grain, ILogGrain
{
    public IAsyncEnumerable<LogLine> ReadAsync(LogQuery query, CancellationToken cancellationToken = default) =>
        world.Get(this.GetPrimaryKeyString()).ReadLogAsync(query, cancellationToken);
}
