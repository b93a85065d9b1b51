using System.Collections.Immutable;
using System.CommandLine;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Mesh;
using Redb.Cli.Clients;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;
using Spectre.Console;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl mesh nodes|peers|links</c>: who is in the mesh, and who has sessions with whom.</summary>
internal sealed class MeshCommand(CommandContext context)
{
    private readonly Option<bool> _check = new("--check")
    {
        Description = "Exit with 3 unless every session that is wanted stands",
    };

    /// <summary>The verb with those below it.</summary>
    public Command Create()
    {
        var nodes = new Command("nodes", "List the mesh nodes of all hosts and how old the news of each is");
        nodes.SetAction(ListNodesAsync);
        var peers = new Command("peers", "List the peers that the mesh node of each group here wants sessions with");
        peers.SetAction(ListPeersAsync);
        var links = new Command("links", "List the sessions there are, and what is missing and why") { _check };
        links.SetAction(ListLinksAsync);
        return new("mesh", "Show the mesh: its nodes, their peers and their sessions") { nodes, peers, links };
    }

    private async Task<int> ListNodesAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var scope = await OpenAsync(parsed, cancellationToken);
        var clients = ClientsOf(parsed, scope);
        var views = await ReadLinksAsync(clients, scope, cancellationToken);
        var meshes = new List<MeshView>();
        foreach (var (client, name) in MeshesOf(clients, views))
        {
            meshes.Add(await client.GetMeshAsync(name, cancellationToken));
        }

        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, MeshNodesDocument.Of(meshes));
            return (int)ExitCode.Done;
        }

        Print(MeshTables.Nodes(meshes));
        foreach (var trouble in MeshTables.Troubles(meshes))
        {
            await context.Terminal.Output.WriteLineAsync(trouble);
        }

        return (int)ExitCode.Done;
    }

    private async Task<int> ListPeersAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var scope = await OpenAsync(parsed, cancellationToken);
        var views = await ReadLinksAsync(ClientsOf(parsed, scope), scope, cancellationToken);
        await WriteAsync(parsed, views, MeshTables.Peers);
        return (int)ExitCode.Done;
    }

    private async Task<int> ListLinksAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var scope = await OpenAsync(parsed, cancellationToken);
        var views = await ReadLinksAsync(ClientsOf(parsed, scope), scope, cancellationToken);
        await WriteAsync(parsed, views, shown => MeshTables.Links(shown, context.Time.GetUtcNow()));
        var isWhole = views.All(static view =>
            view.Trouble.Length == 0 && view.Links.All(static link => link.Phase == MeshLinkPhase.Connected)
        );
        return (int)(parsed.GetValue(_check) && !isWhole ? ExitCode.Unhealthy : ExitCode.Done);
    }

    // Several supervisors of this machine are welcome.
    private Task<Scope> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        CommonOptions.OpenScopeAsync(context, parsed, all: true, cancellationToken);

    // In a large mesh a node has a thousand links: those of other hosts are shown where one of them is named, or nothing is here.
    private static ImmutableArray<GroupClient> ClientsOf(ParseResult parsed, Scope scope)
    {
        ImmutableArray<GroupClient> here =
        [
            .. scope.Clients.Where(client =>
                parsed.GetValue(CommonOptions.Host) is null && scope.Here.Contains(client.Key)
            ),
        ];
        return here.IsEmpty ? scope.Clients : here;
    }

    private static async Task<ImmutableArray<MeshLinksView>> ReadLinksAsync(
        ImmutableArray<GroupClient> clients,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        var silent = scope
            .Views.Where(static view => view.Phase == GroupPhase.Unknown)
            .ToLookup(Addressing.KeyOf, static view => view.Reason);
        return
        [
            .. await Task.WhenAll(
                clients.Select(client =>
                    silent.Contains(client.Key)
                        ? Task.FromResult(Unread(client.Key, silent[client.Key].First()))
                        : ReadLinksAsync(client, cancellationToken)
                )
            ),
        ];
    }

    private static async Task<MeshLinksView> ReadLinksAsync(GroupClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetLinksAsync(cancellationToken);
        }
        catch (HostUnreachableException gone)
        {
            return Unread(client.Key, gone.Message);
        }
    }

    // One host that cannot be asked is no reason to show nothing of the others.
    private static MeshLinksView Unread(GroupKey key, string reason) =>
        new()
        {
            Host = key.Host,
            Group = key.Group,
            Trouble = $"its sessions are not known: {reason}",
        };

    // Each mesh once, asked through one of its groups.
    private static IEnumerable<(GroupClient Client, string Name)> MeshesOf(
        ImmutableArray<GroupClient> clients,
        ImmutableArray<MeshLinksView> views
    ) =>
        clients
            .Zip(views, static (client, view) => (client, view.Mesh))
            .Where(static pair => pair.Mesh.Length > 0)
            .DistinctBy(static pair => pair.Mesh, StringComparer.Ordinal);

    private async Task WriteAsync(
        ParseResult parsed,
        ImmutableArray<MeshLinksView> views,
        Func<ImmutableArray<MeshLinksView>, ColumnTable> layOut
    )
    {
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(context.Terminal.Output, MeshLinksDocument.Of(views));
            return;
        }

        Print(layOut(views));
        foreach (var view in views.Where(static view => view.Trouble.Length > 0))
        {
            await context.Terminal.Output.WriteLineAsync($"{view.Host}/{view.Group}: {Printable.Line(view.Trouble)}");
        }
    }

    private void Print(ColumnTable table) => context.Terminal.Screen.Write(table);
}
