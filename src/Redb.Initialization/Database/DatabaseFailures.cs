using Redb.Database.Failures;

namespace Redb.Initialization.Database;

/// <summary>What a database refuses, as a failure of an initialization.</summary>
internal static class DatabaseFailures
{
    public static Failure ToFailure(this DatabaseFailure failure) =>
        new(KindOf(failure.Kind), failure.What, failure.Cause, failure.Next);

    /// <summary>The value of an answer.</summary>
    /// <exception cref="InitializationException">There is none.</exception>
    public static T OrThrow<T>(this Answer<T> answer) =>
        answer.IsGood ? answer.Value : throw new InitializationException(answer.Failure.ToFailure());

    /// <summary>Goes on where there is no failure.</summary>
    /// <exception cref="InitializationException">There is one.</exception>
    public static void ThrowIfAny(this DatabaseFailure? failure)
    {
        if (failure is not null)
        {
            throw new InitializationException(failure.ToFailure());
        }
    }

    private static FailureKind KindOf(DatabaseFailureKind kind) =>
        kind switch
        {
            DatabaseFailureKind.Unreachable
            or DatabaseFailureKind.UnknownHost
            or DatabaseFailureKind.TimedOut
            or DatabaseFailureKind.Lost => FailureKind.Unavailable,
            DatabaseFailureKind.Credentials or DatabaseFailureKind.Rights or DatabaseFailureKind.Tls =>
                FailureKind.Refused,
            DatabaseFailureKind.Conflict or DatabaseFailureKind.Unfit => FailureKind.Conflict,
            _ => FailureKind.Failed,
        };
}
