using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;

namespace Redb.Cli.Rendering;

/// <summary>Lays the services of groups out as a table.</summary>
internal static class ServiceTable
{
    private static readonly ImmutableArray<Column> Columns =
    [
        new("SERVICE", IsEssential: true),
        new("STATE", IsEssential: true),
        new("READY"),
        new("RESTARTS", AlignsRight: true),
        new("UPTIME", AlignsRight: true),
        new("PID", AlignsRight: true),
        new("PORT", AlignsRight: true),
        new("REASON"),
    ];

    /// <summary>The table of one group, or of several with their names in front.</summary>
    public static ColumnTable Create(IReadOnlyList<GroupView> views, DateTimeOffset now)
    {
        var named = views.Count > 1;
        ImmutableArray<Column> columns = named
            ? [new("GROUP", IsEssential: true), new("HOST", IsEssential: true), .. Columns]
            : Columns;
        var rows = views.SelectMany(view =>
            view.Services.Select(service =>
                named ? [new(view.Group), new(view.Host), .. Row(service, now)] : Row(service, now)
            )
        );
        return new(columns, [.. rows]);
    }

    private static ImmutableArray<Cell> Row(ServiceView service, DateTimeOffset now)
    {
        var style = StateWord.StyleOf(service.Phase);
        var uptime = service is { StartedAt: { } started, Pid: not null, Phase: not ServicePhase.Unknown }
            ? DurationText.Short(now - started)
            : "-";
        return
        [
            new(Printable.Line(service.Name)),
            new(StateWord.Of(service.Phase), style),
            new(
                service.Phase switch
                {
                    ServicePhase.Disabled => "-",
                    _ => service.Phase.IsReady() ? "yes" : "no",
                }
            ),
            new(Number(service.Restarts)),
            new(uptime),
            new(Number(service.Pid)),
            new(Number(service.Port)),
            new(StateWord.Explain(service, now)),
        ];
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
