using System.Collections.Immutable;
using Redb.Grains.Journal;

namespace Redb.Grains.Services;

/// <content>What outlives the supervisor, and how a service goes on after it.</content>
internal sealed partial class ServiceGrain
{
    /// <summary>Journals the service as it is now, with the news that brought it there, if anything is new.</summary>
    private void Remember(ImmutableArray<ServiceNews> news)
    {
        var memory = Memory();
        if (memory != _remembered || !news.IsEmpty)
        {
            _remembered = memory;
            _events.Remember(_plan.Key, memory, news);
        }
    }

    private ServiceMemory Memory() =>
        ServiceMemory.Of(_state, _process) with
        {
            Command = _command,
            ServiceId = _conversation.ServiceId,
            Registration = _conversation.Registration,
            Overrides = _conversation.Overrides,
        };

    /// <summary>
    /// Goes on where an earlier supervisor stopped. Even a service that is remembered without a process is looked for: a journal that
    /// could not be written, or was lost, must not lead to a second copy.
    /// </summary>
    private async Task ResumeAsync()
    {
        var recalled = _world.Journal.Recall(_plan.Key);
        var expected = _plan.Order with { Run = Resumption.Expected(recalled) };
        var found = _world.Processes.Adopt(expected, recalled?.Process, _reports);
        var memory = (found as AdoptResult.Ahead)?.Memory ?? recalled;
        if (memory is not null)
        {
            _command = memory.Command;
            _order = _order with { Command = memory.Command, Wanted = memory.Wanted };
            _conversation.Resume(memory.ServiceId, memory.Registration, memory.Overrides);
            _remembered = memory;
        }

        if (found is AdoptResult.Ahead)
        {
            // Nobody of this run can have an id yet.
            _conversation.End();
        }
        else if (found is AdoptResult.Alive alive && Resumption.IsMissed(memory, alive))
        {
            _conversation.Resume(null, null, _conversation.Overrides);
        }

        _process = found switch
        {
            AdoptResult.Alive { Process: var process } => process,
            AdoptResult.Ahead { Launch: LaunchResult.Started { Process: var process } } => process,
            _ => null,
        };
        (_state, var first) = Resumption.Of(memory, found, Moment.Of(_time));
        await HandleAsync(first);
    }
}
