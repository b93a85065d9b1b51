using System.Collections.Immutable;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Services;

namespace Redb.Cli.Operations;

/// <summary>Decides from a view how far an aim is.</summary>
internal static class AimMachine
{
    /// <summary>Judges a view; null when the view is older than the request.</summary>
    public static Standing? Judge(Aim aim, GroupView view)
    {
        if (view.Version < aim.FromVersion)
        {
            return null;
        }

        var services = view
            .Services.Where(service => aim.Target.Services.Contains(service.Name, StringComparer.Ordinal))
            .Where(service => !aim.Target.IsWhole || service is { Phase: not ServicePhase.Disabled, Configured: true })
            .ToList();
        var blocked = BlockedAmong(aim, services, view);
        var places = services.ToLookup(service =>
            blocked.Any(blockage => blockage.Service == service) ? Place.Failed : PlaceOf(aim, service)
        );
        ImmutableArray<ServiceView> failed = [.. places[Place.Failed]];
        ImmutableArray<ServiceView> overruled = [.. places[Place.Overruled]];

        // An optional service that fails does not keep the rest of its group from coming up.
        var hopeless = !overruled.IsEmpty || failed.Any(service => !aim.Target.IsWhole || service.Required);
        return new([.. places[Place.Reached]], [.. places[Place.Waiting]], failed, blocked, overruled, hopeless);
    }

    // Who only looks on may wait for somebody who starts the dependency; who asked for a start is told at once.
    private static ImmutableArray<Blockage> BlockedAmong(Aim aim, List<ServiceView> services, GroupView view) =>
        aim is { IsRequested: true, Goal: not Goal.Stopped }
            ?
            [
                .. services
                    .Where(service => service.Wanted == Wanted.Up)
                    .Select(service => Blockage.Find(service, view))
                    .OfType<Blockage>(),
            ]
            : [];

    private static Place PlaceOf(Aim aim, ServiceView service) =>
        aim.Goal == Goal.Stopped ? Down(aim, service) : Up(aim, service);

    private static Place Up(Aim aim, ServiceView service) =>
        service.Phase switch
        {
            ServicePhase.Ready or ServicePhase.Degraded when IsThere(aim, service) => Place.Reached,
            ServicePhase.CrashLoop or ServicePhase.Failed or ServicePhase.Disabled => Place.Failed,
            _ when aim.IsRequested && service.Wanted == Wanted.Down => Place.Overruled,
            _ => Place.Waiting,
        };

    private static Place Down(Aim aim, ServiceView service) =>
        service.Phase switch
        {
            _ when service.Phase.IsAtRest() => Place.Reached,
            _ when aim.IsRequested && service.Wanted == Wanted.Up => Place.Overruled,
            _ => Place.Waiting,
        };

    private static bool IsThere(Aim aim, ServiceView service) =>
        aim.Goal switch
        {
            Goal.Healthy => service.Phase == ServicePhase.Ready,
            Goal.Restarted => service.Run > aim.RunsBefore.GetValueOrDefault(service.Name),
            _ => true,
        };

    /// <summary>Where one service is.</summary>
    private enum Place
    {
        Reached,
        Waiting,
        Failed,
        Overruled,
    }
}
