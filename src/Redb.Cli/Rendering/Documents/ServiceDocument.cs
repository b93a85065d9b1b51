using System.Collections.Immutable;
using Redb.Abstractions.Services;

namespace Redb.Cli.Rendering.Documents;

/// <summary>One service in a document. The last heartbeat is left out: a group knows only the one before the last change of phase.</summary>
internal sealed record ServiceDocument(
    string Name,
    string Wanted,
    string State,
    bool Ready,
    string Reason,
    DateTimeOffset? Since,
    bool Required,
    bool Configured,
    long Run,
    int Restarts,
    int Failures,
    int MaxFailures,
    DateTimeOffset? RestartDue,
    int? Pid,
    int? Port,
    DateTimeOffset? StartedAt,
    DateTimeOffset? ReadyAt,
    string Health,
    ExitDocument? LastExit,
    ImmutableArray<string> Dependencies,
    string Limits
)
{
    /// <summary>Writes a view down.</summary>
    public static ServiceDocument Of(ServiceView view) =>
        new(
            view.Name,
            view.Wanted.ToString(),
            StateWord.Of(view.Phase),
            view.Phase.IsReady(),
            view.Reason,
            view.Since == default ? null : view.Since,
            view.Required,
            view.Configured,
            view.Run,
            view.Restarts,
            view.Failures,
            view.MaxFailures,
            view.RestartDue,
            view.Pid,
            view.Port,
            view.StartedAt,
            view.ReadyAt,
            view.Health.ToString(),
            view.LastExit is { } exit ? new(exit.Code, exit.Signal, exit.At, exit.Describe()) : null,
            view.Dependencies,
            view.Limits
        );
}
