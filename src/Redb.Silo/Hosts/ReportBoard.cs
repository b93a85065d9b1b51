using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;
using Redb.Grains.Hosts;
using Redb.Grains.Instances;
using Redb.Silo.Hosting;

namespace Redb.Silo.Hosts;

/// <summary>What this silo has to tell the others. Safe across threads.</summary>
internal sealed class ReportBoard
{
    private readonly Lock _turn = new();
    private readonly ChangeSignal _changed = new();
    private Outbox _outbox;
    private ImmutableHashSet<string> _unheard = [];
    private int _services;

    private readonly StopRequests _requests;

    public ReportBoard(SupervisorView supervisor, ILocalSiloDetails silo, StopRequests requests)
    {
        _requests = requests;
        _outbox = new()
        {
            Silo = silo.Name,
            Generation = silo.SiloAddress.Generation,
            Facts = new(
                supervisor.Host,
                silo.SiloAddress.Endpoint.ToString(),
                supervisor.Version,
                supervisor.Pid,
                supervisor.StartedAt,
                IsLeaving: false
            ),
        };
    }

    /// <summary>This silo, as one of those that are told.</summary>
    public (string Silo, long Generation) Self => (_outbox.Silo, _outbox.Generation);

    /// <summary>Completes when there is something new to tell.</summary>
    public Task Next => _changed.Next.WaitAsync(CancellationToken.None);

    /// <summary>A group of this silo changed.</summary>
    public void Changed(GroupView view)
    {
        Post(outbox => outbox.Changed(view));
        Interlocked.Add(ref _services, view.Services.Length);
    }

    /// <summary>This supervisor ends; unless it is only replaced, that is told.</summary>
    public void End()
    {
        if (_requests.Ending != Ending.Restart)
        {
            Post(outbox => outbox.Leaving());
        }
    }

    /// <summary>A silo did not hear everything.</summary>
    public void Missed(string silo) => Post(outbox => outbox.Missed(silo));

    /// <summary>These silos are to be asked for everything.</summary>
    public void AskAgain(ImmutableArray<string> silos)
    {
        if (!silos.IsEmpty)
        {
            lock (_turn)
            {
                _unheard = _unheard.Union(silos);
            }

            _changed.Raise();
        }
    }

    /// <summary>Takes what is to be told now.</summary>
    /// <param name="peers">To whom.</param>
    public Telling Take(ImmutableArray<(string Silo, long Generation)> peers)
    {
        lock (_turn)
        {
            (_outbox, var reports) = _outbox.Tell(peers);
            (var unheard, _unheard) = (_unheard, []);
            return new(reports, unheard, Interlocked.Exchange(ref _services, 0));
        }
    }

    private void Post(Func<Outbox, Outbox> change)
    {
        lock (_turn)
        {
            _outbox = change(_outbox);
        }

        _changed.Raise();
    }

    /// <summary>What is told at one time.</summary>
    /// <param name="Reports">In the order of those who hear them.</param>
    /// <param name="Unheard">Silos to ask for everything.</param>
    /// <param name="Services">How many services changed with their groups.</param>
    internal sealed record Telling(ImmutableArray<HostReport> Reports, ImmutableHashSet<string> Unheard, int Services);
}
