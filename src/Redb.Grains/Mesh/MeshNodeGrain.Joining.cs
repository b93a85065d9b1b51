using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Services;

namespace Redb.Grains.Mesh;

/// <content>How a clean node comes into the mesh, where <c>mesh.auto_join</c> wants that.</content>
internal sealed partial class MeshNodeGrain
{
    private static readonly TimeSpan JoinPause = TimeSpan.FromSeconds(30);

    private readonly string? _coreEndpoint;
    private MeshMembership _membership;
    private bool _isAsking;
    private bool _isJoining;
    private TimeSpan _joinsFrom;

    private void FollowCore(ServicePhase phase)
    {
        if (!phase.IsReady())
        {
            // What it said holds no longer than it is there to be asked.
            _membership = MeshMembership.Unknown;
        }
        else
        {
            AskCore();
        }
    }

    /// <summary>Asks core whether the node is in a mesh, as long as it is not.</summary>
    private void AskCore()
    {
        var isOver = !_policy.Mesh.AutoJoin || _coreEndpoint is null;
        if (isOver || _isAsking || _isJoining || _membership == MeshMembership.Active || !IsReady(MeshPlan.CoreService))
        {
            return;
        }

        _isAsking = true;
        _work.Run("ask core about the mesh", AskCoreAsync);
    }

    private async Task AskCoreAsync(CancellationToken cancellation)
    {
        try
        {
            Take(await _world.Core.GetMembershipAsync(_coreEndpoint!, cancellation));
        }
        finally
        {
            _isAsking = false;
        }
    }

    private void Take(MeshReply<MeshMembership> reply)
    {
        var membership = reply is MeshReply<MeshMembership>.Answered answered ? answered.Value : MeshMembership.Unknown;
        if (membership == _membership)
        {
            return;
        }

        if (membership == MeshMembership.Joining)
        {
            Tell(
                EventKind.Warning,
                "core says that a join has begun and not ended; if it stays so, redb-cli mesh leave --force makes the node clean"
            );
        }

        _membership = membership;
        RenewNow();
    }

    private void Enter(MeshAdmission admission)
    {
        if (
            admission.Way == MeshAdmissionWay.None
            || _isJoining
            || _membership != MeshMembership.Clean
            || Moment.Of(_time).Monotonic < _joinsFrom
        )
        {
            return;
        }

        _isJoining = true;
        _work.Run("come into the mesh", cancellation => EnterAsync(admission, cancellation));
    }

    private async Task EnterAsync(MeshAdmission admission, CancellationToken cancellation)
    {
        try
        {
            var isSeed = admission.Way == MeshAdmissionWay.Seed;
            var name = _policy.Mesh.Name;
            var what = isSeed ? $"seed mesh {name}" : $"join mesh {name} at {admission.Target}";
            Tell(EventKind.MeshChanged, $"the node is clean: asking core to {what}");
            var reply = isSeed
                ? await _world.Core.SeedAsync(_coreEndpoint!, name, cancellation)
                : await _world.Core.JoinAsync(_coreEndpoint!, admission.Target, cancellation);
            if (reply is MeshReply<bool>.Failed failed)
            {
                Tell(EventKind.Warning, $"core could not {what}: {failed.Reason}");
                _joinsFrom = Moment.Of(_time).Monotonic + JoinPause;
            }

            Take(await _world.Core.GetMembershipAsync(_coreEndpoint!, cancellation));
        }
        finally
        {
            _isJoining = false;
        }
    }
}
