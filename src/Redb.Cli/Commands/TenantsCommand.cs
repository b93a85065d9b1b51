using System.Collections.Immutable;
using System.CommandLine;
using Redb.Abstractions.Configuration;
using Redb.Cli.Rendering;
using Redb.Cli.Rendering.Documents;
using Redb.Initialization;
using Redb.Initialization.Progress;
using Redb.Initialization.Tenants;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl tenants list|show|create</c>: the tenants of a node, read from its database; no supervisor needs to run.</summary>
internal sealed class TenantsCommand(CommandContext context)
{
    private static readonly ImmutableArray<Column> Columns =
    [
        new("URL", IsEssential: true),
        new("NAME"),
        new("DEFAULT"),
        new("ID", IsEssential: true),
    ];

    private readonly Argument<string> _tenant = new("TENANT")
    {
        Description = "URL of the tenant; a single-tenant node always means its own",
        DefaultValueFactory = _ => "",
    };

    private readonly Argument<string> _url = new("URL") { Description = "URL part of the new tenant" };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "Its name [default: its URL]",
        HelpName = "NAME",
    };

    /// <summary>The verb with those below it.</summary>
    public Command Create()
    {
        var list = new Command("list", "List all tenants");
        list.SetAction((parsed, cancellationToken) => ShowAsync(parsed, named: null, cancellationToken));
        var show = new Command("show", "Show one tenant") { _tenant };
        show.SetAction(
            (parsed, cancellationToken) => ShowAsync(parsed, parsed.GetRequiredValue(_tenant), cancellationToken)
        );
        var create = new Command("create", "Create a tenant with its keys; only on a multi-tenant node")
        {
            _url,
            _name,
        };
        create.SetAction(CreateAsync);
        return new("tenants", "List, show or create the tenants of a node")
        {
            NodeOptions.Configuration,
            NodeOptions.IsDev,
            list,
            show,
            create,
        };
    }

    private async Task<int> ShowAsync(ParseResult parsed, string? named, CancellationToken cancellationToken)
    {
        var request = NodeRequest.Of(context, parsed);
        var tenancy = request.Configuration.MultiTenancy;
        var (tenants, failure) = await Initializer.ListTenantsAsync(request, context.Time, cancellationToken);
        NodeFailure.Check(failure);
        if (named is not null)
        {
            var (url, unnamed) = TenantChoice.Of(tenancy, named);
            NodeFailure.Check(unnamed);
            tenants = [.. tenants.Where(tenant => tenant.Url == url)];
            if (tenants.IsEmpty)
            {
                throw new CommandFailure(
                    ExitCode.NotFound,
                    $"there is no tenant {url}",
                    $"the database of group {request.Configuration.InstanceGroup.GroupId} has none with that URL",
                    "redbctl tenants list shows those that are there"
                );
            }
        }

        Write(parsed, request.Configuration, tenants);
        return (int)ExitCode.Done;
    }

    private async Task<int> CreateAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var request = NodeRequest.Of(context, parsed);
        var url = parsed.GetRequiredValue(_url);
        var (created, failure) = await Initializer.CreateTenantAsync(
            request,
            url,
            parsed.GetValue(_name) ?? url,
            context.Time,
            cancellationToken
        );
        NodeFailure.Check(failure);
        await context.Terminal.Error.WriteLineAsync(
            created.WasThere ? $"tenant {url} was there already" : $"tenant {url} was created"
        );
        Write(parsed, request.Configuration, [created.Tenant]);
        return (int)ExitCode.Done;
    }

    private void Write(ParseResult parsed, RedbConfiguration configuration, ImmutableArray<RecordedTenant> tenants)
    {
        var tenancy = configuration.MultiTenancy;
        ImmutableArray<TenantDocument> documents =
        [
            .. tenants.Select(tenant => new TenantDocument(
                tenant.Url,
                tenant.Name,
                tenant.Id,
                tenancy.IsSingle && tenant.Url == tenancy.DefaultTenantUrl
            )),
        ];
        if (CommonOptions.FormatOf(parsed) == OutputFormat.Json)
        {
            JsonWriter.Write(
                context.Terminal.Output,
                new TenantsDocument(configuration.InstanceGroup.GroupId, tenancy.Mode, documents)
            );
            return;
        }

        context.Terminal.Screen.Write(new ColumnTable(Columns, [.. documents.Select(Row)]));
    }

    private static ImmutableArray<Cell> Row(TenantDocument tenant) =>
        [
            new(Printable.Line(tenant.Url)),
            new(Printable.Line(tenant.Name)),
            new(tenant.IsDefault ? "yes" : "no"),
            new(tenant.Id),
        ];
}
