using Redb.Initialization.Progress;

namespace Redb.Initialization.Steps;

/// <summary>What must be done in the world.</summary>
internal abstract record InitializationEffect
{
    private InitializationEffect() { }

    /// <summary>Look whether a step is fulfilled.</summary>
    public sealed record Check(int Step) : InitializationEffect;

    /// <summary>Do a step.</summary>
    public sealed record Perform(int Step) : InitializationEffect;

    /// <summary>Write down where a step is; before it is done, and after.</summary>
    public sealed record Record(int Step, StepStanding Standing, string Note) : InitializationEffect;

    /// <summary>Tell whoever watches.</summary>
    public sealed record Tell(int Step, StepNews News, string Text) : InitializationEffect;

    /// <summary>It is over.</summary>
    /// <param name="Failure">Why it ended early; null when every step is fulfilled, or planned.</param>
    public sealed record End(Failure? Failure) : InitializationEffect;
}
