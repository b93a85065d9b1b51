namespace Redb.Initialization.Steps;

/// <summary>What happened.</summary>
internal abstract record InitializationInput
{
    private InitializationInput() { }

    /// <summary>Somebody wants it.</summary>
    public sealed record Begun : InitializationInput;

    /// <summary>The step at hand was looked at.</summary>
    public sealed record Found(StepFinding Finding) : InitializationInput;

    /// <summary>The step at hand was done.</summary>
    public sealed record Performed : InitializationInput;

    /// <summary>Looking or doing failed.</summary>
    public sealed record Failed(Failure Failure) : InitializationInput;
}
