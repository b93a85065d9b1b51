using System.Collections.Immutable;
using Redb.Abstractions.Services;
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
        var memory = _world.Journal.Recall(_plan.Key);
        var expected = memory is { } known ? new RunId(known.Phase.IsLive() ? known.Run : known.Run + 1) : new RunId(1);
        var found = _world.Processes.Adopt(_plan.Order with { Run = expected }, memory?.Process, _reports);
        if (memory is not null)
        {
            _state = memory.ToState(Moment.Of(_time));
            _command = memory.Command;
            _order = _order with { Command = memory.Command, Wanted = memory.Wanted };
            _conversation.Resume(memory.ServiceId, memory.Registration, memory.Overrides);
            _remembered = memory;
        }

        switch (found)
        {
            case AdoptResult.Alive alive:
                await TakeOverAsync(alive);
                break;
            case AdoptResult.Ended ended when _state.Phase.IsLive():
                _state = _state with { Pid = memory?.Process?.Pid };
                await HandleAsync(new ServiceInput.Exited(_state.Run, ended.Exit));
                break;
            default:
                await HandleAsync(new ServiceInput.Resumed(_state.Run, Pid: null));
                break;
        }
    }

    private Task TakeOverAsync(AdoptResult.Alive alive)
    {
        _process = alive.Process;
        if (!_state.Phase.IsLive() || alive.Run != _state.Run)
        {
            // The journal missed this run: all that is known is that it lives.
            var now = Moment.Of(_time);
            _state = _state with
            {
                Phase = ServicePhase.Starting,
                Wanted = Wanted.Up,
                Reason = "",
                Since = now,
                StartedAt = ServiceMemory.At(alive.StartedAt, now),
                Run = alive.Run,
                Rung = StopRung.None,
                ReadyAt = null,
                RestartDue = null,
            };
            _conversation.Resume(null, null, _conversation.Overrides);
        }

        return HandleAsync(new ServiceInput.Resumed(alive.Run, alive.Process.Pid));
    }
}
