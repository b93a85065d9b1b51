using System.Collections.Immutable;

namespace Redb.Cli.Contexts;

/// <summary>The contexts of a user.</summary>
/// <param name="Current">Name of the one that holds where none is named; null for this machine.</param>
/// <param name="Contexts">All of them.</param>
internal sealed record ContextSet(string? Current, ImmutableArray<ToolContext> Contexts)
{
    /// <summary>None.</summary>
    public static ContextSet Empty() => new(null, []);

    /// <summary>The context of a name.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    public ToolContext Get(string name) =>
        Contexts.FirstOrDefault(context => context.Name == name)
        ?? throw new CommandFailure(
            ExitCode.NotFound,
            $"no context '{name}'",
            Contexts.IsEmpty
                ? "there are no contexts"
                : $"the contexts are {string.Join(", ", Contexts.Select(context => context.Name))}",
            "redbctl context add NAME --gateway ADDRESS:PORT makes one"
        );
}
