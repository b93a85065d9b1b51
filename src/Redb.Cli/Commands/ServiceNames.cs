using System.CommandLine;
using Redb.Cli.Clients;

namespace Redb.Cli.Commands;

/// <summary>Completes names of services and groups, if the supervisor answers at once.</summary>
internal static class ServiceNames
{
    // Somebody waits with a finger on the Tab key.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>Names of the groups and services meant by the options so far; none when nobody answers.</summary>
    public static IEnumerable<string> Complete(CommandContext context, ParseResult parsed)
    {
        var found = context.Supervisors.Find(parsed.GetValue(CommonOptions.DataDirectory)).Live;
        var group = parsed.GetValue(CommonOptions.Group);
        var groups = found.SelectMany(supervisor => supervisor.Address.Groups).Distinct(StringComparer.Ordinal);

        // A completion source cannot be awaited, and the process ends right after it.
#pragma warning disable VSTHRD002
        var services = found is [var only]
            ? Task.Run(() => AskAsync(context, only, group)).GetAwaiter().GetResult()
            : [];
#pragma warning restore VSTHRD002
        return groups.Concat(services).Concat(IsPath(parsed) ? Paths(context, parsed) : []);
    }

    // Only once there is a slash: the whole cluster is a long list.
    private static bool IsPath(ParseResult parsed) =>
        parsed.Tokens is [.., var last] && last.Value.Contains('/', StringComparison.Ordinal);

    private static IReadOnlyList<string> Paths(CommandContext context, ParseResult parsed)
    {
        // As above.
#pragma warning disable VSTHRD002
        return Task.Run(() =>
                AskClusterAsync(
                    context,
                    parsed,
                    static scope =>
                        scope.Views.SelectMany(view =>
                            view.Services.Select(service => $"{view.Host}/{view.Group}/{service.Name}")
                                .Prepend($"{view.Host}/{view.Group}")
                        )
                )
            )
            .GetAwaiter()
            .GetResult();
#pragma warning restore VSTHRD002
    }

    /// <summary>Names of the hosts of the cluster; none when nobody answers.</summary>
    public static IEnumerable<string> CompleteHosts(CommandContext context, ParseResult parsed)
    {
        // As above.
#pragma warning disable VSTHRD002
        return Task.Run(() => AskClusterAsync(context, parsed, static scope => scope.Hosts.Select(host => host.Host)))
            .GetAwaiter()
            .GetResult();
#pragma warning restore VSTHRD002
    }

    private static async Task<IReadOnlyList<string>> AskClusterAsync(
        CommandContext context,
        ParseResult parsed,
        Func<Scope, IEnumerable<string>> names
    )
    {
        using var bound = new CancellationTokenSource(Patience, context.Time);
        try
        {
            var opening = CommonOptions.OpenClusterAsync(context, parsed, prefersHere: false, bound.Token);
            await using var scope = await opening.WaitAsync(bound.Token);
            return [.. names(scope).Distinct(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is OperationCanceledException or CommandFailure or TimeoutException)
        {
            // A completion that fails offers nothing; there is nobody to tell.
            return [];
        }
    }

    private static async Task<IReadOnlyList<string>> AskAsync(
        CommandContext context,
        LocalSupervisor supervisor,
        string? group
    )
    {
        using var bound = new CancellationTokenSource(Patience, context.Time);
        try
        {
            var opening = Scope.OpenAsync(context.Connector, [supervisor], group, context.Time, bound.Token);
            await using var scope = await opening.WaitAsync(bound.Token);
            return
            [
                .. scope
                    .Views.SelectMany(view => view.Services.Select(service => service.Name))
                    .Distinct(StringComparer.Ordinal),
            ];
        }
        catch (Exception error) when (error is OperationCanceledException or CommandFailure or TimeoutException)
        {
            // A completion that fails offers nothing; there is nobody to tell.
            return [];
        }
    }
}
