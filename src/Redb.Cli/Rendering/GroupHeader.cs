using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;

namespace Redb.Cli.Rendering;

/// <summary>The line above the services of a group: <c>default on alpha: Ready, 12 of 12 ready, for 2h15m, 127.0.0.1:50000</c>.</summary>
internal static class GroupHeader
{
    /// <summary>Lays the line out; where it does not fit, the reason at its end is cut.</summary>
    public static CutLine Create(GroupView view, DateTimeOffset now) =>
        new([
            new($"{view.Group} on {view.Host}: "),
            new(view.Phase.ToString(), StateWord.StyleOf(view.Phase)),
            new(Rest(view, now)),
        ]);

    private static string Rest(GroupView view, DateTimeOffset now)
    {
        if (view.Phase == GroupPhase.Unknown)
        {
            return $" ({Printable.Line(view.Reason)})";
        }

        var (ready, total) = Count(view);
        var since = view.Since == default ? "" : $" for {DurationText.Short(now - view.Since)}";
        var endpoint = view.Endpoint.Length == 0 ? "" : $", {view.Endpoint}";
        var reason = view.Reason.Length == 0 ? "" : $": {Printable.Line(view.Reason)}";
        var cordon = view.Cordon is null ? "" : ", cordoned";
        return $"{since}, {ready} of {total} ready{cordon}{endpoint}{reason}";
    }

    /// <summary>How many enabled services are ready, and how many there are.</summary>
    public static (int Ready, int Total) Count(GroupView view)
    {
        var enabled = view.Services.Where(service => service.Phase != ServicePhase.Disabled).ToList();
        return (enabled.Count(service => service.Phase.IsReady()), enabled.Count);
    }
}
