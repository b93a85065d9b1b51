namespace Redb.Initialization.Steps;

/// <summary>What a look at the world says about a step.</summary>
internal abstract record StepFinding
{
    private StepFinding() { }

    /// <summary>It is already so.</summary>
    /// <param name="What">What is there, for people.</param>
    public sealed record Fulfilled(string What) : StepFinding;

    /// <summary>It is still to be done.</summary>
    /// <param name="Plan">What doing it means, in the infinitive: <c>create role redb</c>.</param>
    public sealed record Open(string Plan) : StepFinding;

    /// <summary>It is not so, and doing it is not for the machine to decide.</summary>
    /// <param name="Failure">What somebody has to see to.</param>
    public sealed record Blocked(Failure Failure) : StepFinding;
}
