using System.Threading.Channels;
using Redb.Abstractions.Services;
using Redb.Grains.Probes;
using Redb.Grains.Services;

namespace Redb.Silo.Tests.Processes;

/// <summary>Collects what a launcher or a controller tells.</summary>
internal sealed class FakeReports : IRunReports
{
    private readonly Channel<(RunId Run, RunExit Exit)> _exits = Channel.CreateUnbounded<(RunId, RunExit)>();
    private readonly Channel<RunId> _ready = Channel.CreateUnbounded<RunId>();
    private readonly Channel<(RunId Run, string Reason)> _refused = Channel.CreateUnbounded<(RunId, string)>();

    private readonly Channel<(RunId Run, string Reason)> _exceeded = Channel.CreateUnbounded<(RunId, string)>();

    public ChannelReader<(RunId Run, RunExit Exit)> Exits => _exits.Reader;

    public ChannelReader<RunId> Ready => _ready.Reader;

    public ChannelReader<(RunId Run, string Reason)> Refused => _refused.Reader;

    public ChannelReader<(RunId Run, string Reason)> Exceeded => _exceeded.Reader;

    public ValueTask ExitedAsync(RunId run, RunExit exit) => _exits.Writer.WriteAsync((run, exit));

    public ValueTask NotifiedAsync(RunId run) => _ready.Writer.WriteAsync(run);

    public ValueTask ProbedAsync(RunId run, ProbeRole role, ProbeResult result) =>
        throw new NotSupportedException("A launcher makes no probes.");

    public ValueTask StopRefusedAsync(RunId run, string reason) => _refused.Writer.WriteAsync((run, reason));

    public ValueTask LimitExceededAsync(RunId run, string reason) => _exceeded.Writer.WriteAsync((run, reason));
}
