using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>initialization</c> section.</summary>
internal static class InitializationSection
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    private static readonly InitializationConfiguration Default = new();

    private static readonly Key<TimeSpan> Timeout = new(
        "timeout",
        new DurationShape(Shortest) { ZeroMeans = Default.Timeout },
        Default.Timeout,
        "How long an initialization may take, not counting what a person takes to answer."
    );

    private static readonly Key<TimeSpan> StepTimeout = new(
        "step_timeout",
        new DurationShape(Shortest) { ZeroMeans = Default.StepTimeout },
        Default.StepTimeout,
        "How long one look or one deed of a step may take."
    );

    public static Section Section { get; } = new("initialization", [Timeout, StepTimeout]);

    public static InitializationConfiguration Read(SectionReader section) =>
        new() { Timeout = section.Get(Timeout), StepTimeout = section.Get(StepTimeout) };
}
