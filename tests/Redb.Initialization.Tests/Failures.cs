namespace Redb.Initialization.Tests;

internal static class Failures
{
    public static Failure Any { get; } = new(FailureKind.Failed, "it failed", "because", "try again");
}
