using System.Collections.Frozen;
using Redb.Abstractions.Probes;
using Redb.Grains.Probes;
using Redb.Silo.Controllers;
using Redb.Silo.Processes;

namespace Redb.Silo.Probes;

/// <summary>Picks the kind of probe and bounds each attempt.</summary>
internal sealed class Prober(ServiceConnections connections, ExitWatcher watcher, TimeProvider time)
    : IProber,
        IDisposable
{
    private readonly HttpProbe _http = new();
    private FrozenDictionary<ProbeKind, IProbe>? _probes;

    public async Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        var probe = Find(target.Probe.Kind);
        using var timeout = new CancellationTokenSource(target.Probe.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await probe.AskAsync(target, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(
                false,
                $"{probe.Describe(target)} did not answer within {target.Probe.Timeout.TotalSeconds:0.###} s"
            );
        }
    }

    public void Dispose() => _http.Dispose();

    private IProbe Find(ProbeKind kind)
    {
        _probes ??= new Dictionary<ProbeKind, IProbe>
        {
            [ProbeKind.Grpc] = new GrpcProbe(connections),
            [ProbeKind.Controller] = new ControllerProbe(connections),
            [ProbeKind.Http] = _http,
            [ProbeKind.Tcp] = new TcpProbe(),
            [ProbeKind.Exec] = new ExecProbe(watcher),
        }.ToFrozenDictionary();
        return _probes.TryGetValue(kind, out var probe)
            ? probe
            : throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nothing can be asked for this kind of probe.");
    }
}
