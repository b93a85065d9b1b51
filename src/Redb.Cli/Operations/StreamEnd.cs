namespace Redb.Cli.Operations;

/// <summary>What it means that a stream which should go on has ended.</summary>
internal static class StreamEnd
{
    /// <summary>What ends a command that followed it: Ctrl-C, or else a supervisor that went away.</summary>
    public static Exception Of(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(cancellationToken)
            : new CommandFailure(
                ExitCode.Unavailable,
                "the supervisor went away",
                "it ended the stream this command was following",
                "redbctl status"
            )
            {
                MayPass = true,
            };
}
