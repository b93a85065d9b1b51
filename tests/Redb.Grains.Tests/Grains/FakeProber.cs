using System.Threading.Channels;
using Redb.Grains.Probes;

namespace Redb.Grains.Tests.Grains;

/// <summary>Answers every attempt as it was told to; each is an event to await.</summary>
internal sealed class FakeProber : IProber
{
    private readonly Channel<ProbeTarget> _attempts = Channel.CreateUnbounded<ProbeTarget>();

    /// <summary>Thrown instead of an answer: a prober that breaks its word.</summary>
    public Exception? Failure { get; set; }

    public ProbeResult Answer { get; set; } = new(Passed: true, "");

    public Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        var answer = Answer;
        _attempts.Writer.TryWrite(target);
        return Failure is null ? Task.FromResult(answer) : Task.FromException<ProbeResult>(Failure);
    }

    public Task<ProbeTarget> NextAsync() => _attempts.Reader.NextAsync("an attempt");
}
