using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Grains.Services;

namespace Redb.Grains.Instances;

/// <content>The group's phase: for the silo it lives on, which asks for nothing else, and as an event.</content>
internal sealed partial class InstanceGroupGrain
{
    private readonly ChangeSignal _phaseChanged = new();

    public async IAsyncEnumerable<GroupPhase> WatchPhaseAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        GroupPhase? seen = null;
        while (true)
        {
            var next = _phaseChanged.Next;
            if (_state.Phase != seen)
            {
                seen = _state.Phase;
                yield return _state.Phase;
            }
            else
            {
                await next.WaitAsync(cancellationToken);
            }
        }
    }

    private void TellPhase(GroupState before, GroupState state, Moment now)
    {
        var took =
            before.Phase == GroupPhase.Starting && state.Phase == GroupPhase.Ready
                ? $" after {(now.Monotonic - _startedAt.Monotonic).TotalSeconds:0.00} s"
                : "";
        var reason = state.Reason.Length > 0 ? $": {state.Reason}" : "";
        var level = state.Phase switch
        {
            GroupPhase.Failed => LogLevel.Error,
            GroupPhase.Degraded => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        Tell(
            "",
            EventKind.GroupChanged,
            $"group {_plan.Key.Group} {before.Phase} -> {state.Phase}{took}{reason}",
            level
        );
    }
}
