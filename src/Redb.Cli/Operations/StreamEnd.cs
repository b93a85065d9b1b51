using Redb.Cli.Clients;

namespace Redb.Cli.Operations;

/// <summary>What it means that a stream which should go on has ended.</summary>
internal static class StreamEnd
{
    /// <summary>What ends a command that followed it: Ctrl-C, or else a supervisor that went away.</summary>
    public static Exception Of(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(cancellationToken)
            : Answering.WentAway("it ended the stream this command was following");
}
