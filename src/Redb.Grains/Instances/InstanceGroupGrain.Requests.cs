using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;

namespace Redb.Grains.Instances;

/// <content>What operators ask for.</content>
internal sealed partial class InstanceGroupGrain
{
    public async Task<CommandResult> StartAsync(ImmutableArray<string> services, bool force = false) =>
        Refused(force) ?? await CommandAsync("start", services, names => new GroupInput.StartRequested(names));

    public Task<CommandResult> StopAsync(ImmutableArray<string> services) =>
        CommandAsync("stop", services, names => new GroupInput.StopRequested(names));

    public async Task<CommandResult> RestartAsync(ImmutableArray<string> services, bool force = false) =>
        Refused(force) ?? await CommandAsync("restart", services, names => new GroupInput.RestartRequested(names));

    public async Task<CommandResult> RetryAsync(ImmutableArray<string> services, bool force = false)
    {
        if (Refused(force) is { } refused)
        {
            return refused;
        }

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

    public async Task CordonAsync(string? reason)
    {
        // Whoever cordons again keeps the first time, and gives a better reason.
        var cordon = reason is null ? null : new Cordon(_state.Cordon?.Since ?? _time.GetUtcNow(), reason);
        if (cordon != _state.Cordon)
        {
            Tell("", EventKind.Requested, cordon is null ? "the host is not cordoned any more" : Told(cordon));
            await HandleAsync(new GroupInput.Cordoned(cordon));
        }

        await _journal.FlushAsync();
    }

    private static string Told(Cordon cordon) =>
        cordon.Reason.Length > 0 ? $"the host is cordoned: {cordon.Reason}" : "the host is cordoned";

    private CommandResult? Refused(bool force) =>
        force || _state.Cordon is not { } cordon
            ? null
            : new([], [], [], _version, Refusal: $"{Told(cordon)}, since {cordon.Since:u}");

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
