namespace Redb.Initialization;

/// <summary>Why it does not go on, in three parts for people; never with a secret in it.</summary>
/// <param name="Kind">What kind of reason.</param>
/// <param name="What">What failed.</param>
/// <param name="Cause">The measured reason.</param>
/// <param name="Next">What to do next, a command where there is one.</param>
public sealed record Failure(FailureKind Kind, string What, string Cause, string Next)
{
    /// <summary>The three lines as they are shown.</summary>
    public override string ToString() => $"error: {What}\ncause: {Cause}\nnext:  {Next}";
}
