namespace Redb.Database.Failures;

/// <summary>What the database, its server or the way there refused, in words for people. No secret is in it.</summary>
/// <param name="Kind">For decisions.</param>
/// <param name="What">What failed.</param>
/// <param name="Cause">The measured reason.</param>
/// <param name="Next">What to do now.</param>
public sealed record DatabaseFailure(DatabaseFailureKind Kind, string What, string Cause, string Next)
{
    /// <summary>The sentence, and below it what to do.</summary>
    public override string ToString() => $"{What}: {Cause}\n  {Next}";
}
