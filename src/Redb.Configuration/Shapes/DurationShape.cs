using System.Text.Json.Nodes;
using Redb.Configuration.Durations;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Shapes;

/// <summary>A duration in Go's notation from a shortest one to a longest one.</summary>
internal sealed class DurationShape(TimeSpan shortest) : ScalarShape<TimeSpan>
{
    /// <summary>The longest one. Default a day: timers take no more than 49, and nobody waits a day for a probe.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromDays(1);

    /// <summary>What <c>0s</c> stands for; null where zero is a length like any other. Go reads an explicit zero as "not set".</summary>
    public TimeSpan? ZeroMeans { get; init; }

    public override string Expectation =>
        $"a duration from {GoDuration.Format(shortest)} to {GoDuration.Format(Longest)}, such as 30s or 1m30s";

    public override bool TryParse(string text, bool plain, out TimeSpan value, out string complaint)
    {
        if (!GoDuration.TryParse(text, out value, out complaint))
        {
            complaint = $"{Wording.Quote(text)} {complaint}";
        }
        else if (value == TimeSpan.Zero && ZeroMeans is { } meant)
        {
            value = meant;
        }
        else if (value < shortest || value > Longest)
        {
            complaint = $"must be {Expectation}, was {Wording.Clean(text)}";
        }

        return complaint.Length == 0;
    }

    public override string Show(TimeSpan value) => GoDuration.Format(value);

    public override JsonNode? ToJson(TimeSpan value) => Show(value);

    public override JsonObject ToSchema() =>
        new() { ["type"] = "string", ["pattern"] = "^\\+?(0|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+$" };
}
