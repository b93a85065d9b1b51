using System.Runtime.CompilerServices;
using Redb.Abstractions.Instances;

namespace Redb.Grains.Instances;

/// <content>The group's phase for the silo it lives on, which asks for nothing else.</content>
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
}
