using System.Collections.Immutable;
using Redb.Abstractions.Logs;
using Redb.Grains.Logs;

namespace Redb.Grains.Tests.Grains;

/// <summary>One log that says the same whoever reads it.</summary>
internal sealed class FakeLogs : ILogFiles
{
    public async IAsyncEnumerable<LogLine> ReadAsync(
        string file,
        LogQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await Task.CompletedTask;
        yield return new(query.Service, null, $"from {file}");
    }

    public ImmutableArray<string> ReadLast(string file, int count) => ["out of", "luck"];
}
