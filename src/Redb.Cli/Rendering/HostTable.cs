using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Instances;
using Spectre.Console;

namespace Redb.Cli.Rendering;

/// <summary>Lays the supervisors of the cluster out as a table.</summary>
internal static class HostTable
{
    private static readonly ImmutableArray<Column> Columns =
    [
        new("HOST", IsEssential: true),
        new("STATE", IsEssential: true),
        new("HEARD", AlignsRight: true),
        new("GROUPS", IsEssential: true),
        new("CORDONED"),
        new("UPTIME", AlignsRight: true),
        new("VERSION"),
        new("ADDRESS"),
        new("PID", AlignsRight: true),
        new("REASON"),
    ];

    /// <summary>The table.</summary>
    public static ColumnTable Create(ImmutableArray<HostView> hosts, DateTimeOffset now) =>
        new(Columns, [.. hosts.Select(host => Row(host, now))]);

    /// <summary>The word for a host's state.</summary>
    public static string WordFor(HostView host) =>
        host.State == HostState.Unknown
            ? $"Unknown (silent {DurationText.Short(host.SilentFor)})"
            : host.State.ToString();

    private static ImmutableArray<Cell> Row(HostView host, DateTimeOffset now) =>
        [
            new(Printable.Line(host.Host)),
            new(WordFor(host), StyleOf(host.State)),
            new($"{DurationText.Short(host.SilentFor)} ago"),
            new(string.Join(", ", host.Groups.Select(group => $"{Printable.Line(group.Group)} {group.Phase}"))),
            new(host.IsCordoned() ? "yes" : "no"),
            new(host is { State: HostState.Up, Pid: > 0 } ? DurationText.Short(now - host.StartedAt) : "-"),
            new(host.Version.Length > 0 ? Printable.Line(host.Version) : "-"),
            new(host.Address),
            new(host.Pid > 0 ? host.Pid.ToString(CultureInfo.InvariantCulture) : "-"),
            new(Reason(host)),
        ];

    private static string Reason(HostView host)
    {
        var cordon = host.Groups.Select(group => group.Cordon).OfType<Cordon>().FirstOrDefault();
        return cordon is { Reason.Length: > 0 } && host.Reason.Length == 0
            ? $"cordoned: {Printable.Line(cordon.Reason)}"
            : host.Reason;
    }

    private static Style StyleOf(HostState state) =>
        state switch
        {
            HostState.Up => new Style(Color.Green),
            HostState.Unknown => new Style(Color.Red),
            _ => new Style(Color.Grey),
        };
}
