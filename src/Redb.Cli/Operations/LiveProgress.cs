using Redb.Abstractions.Instances;
using Redb.Cli.Clients;
using Redb.Cli.Rendering;
using Spectre.Console;

namespace Redb.Cli.Operations;

/// <summary>Shows a wait as a table that follows the services, for a terminal.</summary>
internal sealed class LiveProgress(IAnsiConsole console, TimeProvider time) : IProgressView
{
    private readonly Dictionary<GroupKey, GroupView> _views = [];

    public Task<Outcome> ShowAsync(Func<Action<Aim, GroupView>, Task<Outcome>> wait) =>
        console.Live(Text.Empty).StartAsync(display => wait((aim, view) => Draw(display, aim, view)));

    private void Draw(LiveDisplayContext display, Aim aim, GroupView view)
    {
        var services = view.Services.Where(service =>
            aim.Target.Services.Contains(service.Name, StringComparer.Ordinal)
        );
        _views[Addressing.KeyOf(view)] = view with { Services = [.. services] };
        display.UpdateTarget(ServiceTable.Create([.. _views.Values], time.GetUtcNow()));
    }
}
