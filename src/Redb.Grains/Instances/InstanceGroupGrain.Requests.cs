using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;

namespace Redb.Grains.Instances;

/// <content>What operators ask for.</content>
internal sealed partial class InstanceGroupGrain
{
    public Task<CommandResult> StartAsync(ImmutableArray<string> services) =>
        CommandAsync("start", services, names => new GroupInput.StartRequested(names));

    public Task<CommandResult> StopAsync(ImmutableArray<string> services) =>
        CommandAsync("stop", services, names => new GroupInput.StopRequested(names));

    public async Task<CommandResult> RetryAsync(ImmutableArray<string> services)
    {
        var named = services.IsEmpty ? _graph.Order : services;
        var waiting = named.Where(name => _graph.Contains(name) && WaitsForRetry(name)).ToImmutableArray();
        if (!waiting.IsEmpty)
        {
            return await CommandAsync("retry", waiting, names => new GroupInput.RetryRequested(names));
        }

        var unknown = named.Where(name => !_views.ContainsKey(name)).ToImmutableArray();
        return new(
            [],
            unknown,
            [.. named.Except(unknown, StringComparer.Ordinal).Where(name => !_graph.Contains(name))],
            _version
        );
    }

    public Task<CommandResult> RestartAsync(ImmutableArray<string> services) =>
        CommandAsync("restart", services, names => new GroupInput.RestartRequested(names));

    private bool WaitsForRetry(string name) =>
        _state.Services[name].Phase is ServicePhase.BackingOff or ServicePhase.CrashLoop or ServicePhase.Failed;

    private async Task<CommandResult> CommandAsync(
        string verb,
        ImmutableArray<string> services,
        Func<ImmutableArray<string>, GroupInput> toInput
    )
    {
        var unknown = services.Where(name => !_views.ContainsKey(name)).ToImmutableArray();
        var disabled = services.Where(name => _views.ContainsKey(name) && !_graph.Contains(name)).ToImmutableArray();
        var accepted = services.Where(_graph.Contains).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (unknown.IsEmpty && (services.IsEmpty || !accepted.IsEmpty))
        {
            Tell(
                "",
                EventKind.Requested,
                services.IsEmpty ? $"{verb} of the group" : $"{verb} of {string.Join(", ", accepted)}"
            );
            await HandleAsync(toInput(accepted));

            // What is acknowledged is done, by a successor if need be.
            await _journal.FlushAsync();
            return new(services.IsEmpty ? _graph.Order : accepted, unknown, disabled, _version);
        }

        return new([], unknown, disabled, _version);
    }
}
