using Redb.Abstractions.Services;

namespace Redb.Cli.Tests.Fakes;

/// <summary>Services as tests need them.</summary>
internal static class Services
{
    public static ServiceView Ready(string name) =>
        new()
        {
            Name = name,
            Phase = ServicePhase.Ready,
            Wanted = Wanted.Up,
            Required = true,
            Run = 1,
        };

    public static ServiceView Stopped(string name) =>
        Ready(name) with
        {
            Phase = ServicePhase.Stopped,
            Wanted = Wanted.Down,
        };

    public static ServiceView In(string name, ServicePhase phase) => Ready(name) with { Phase = phase };
}
