using System.Collections.Immutable;
using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Grains.Journal;
using Redb.Grains.Services;

namespace Redb.Silo.Tests.Journal;

/// <summary>Memories with something in every field.</summary>
internal static class Memories
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.FromHours(2));

    public static readonly RunIdentity Process = new("7f6c1c4e-boot", 4711, "8812345");

    public static ServiceMemory Full { get; } =
        new()
        {
            Wanted = Wanted.Up,
            Phase = ServicePhase.Degraded,
            Reason = "says 'degraded'; \"quoted\" ☃",
            Since = Noon.AddTicks(1_234_567),
            Run = 7,
            Process = Process,
            StartedAt = Noon,
            ReadyAt = Noon.AddSeconds(1),
            HasController = true,
            Failures = 3,
            Restarts = 4,
            RestartDue = Noon.AddSeconds(2),
            LastExit = new(null, 9, Noon.AddSeconds(-1)),
            Rung = StopRung.Signal,
            StopGrace = TimeSpan.FromMilliseconds(1500.5),
            Command = 12,
            ServiceId = "core-1",
            Registration = new()
            {
                Name = "core",
                Version = "1.2.3",
                InstanceId = "i",
                Host = "h",
                Port = 50055,
                Metadata = ImmutableDictionary<string, string>.Empty.Add("zone", "a\nb"),
            },
            Overrides = ImmutableDictionary<string, string>.Empty.Add("LOG", "debug"),
        };

    public static SupervisorEvent Event(long sequence) =>
        new(
            sequence,
            Noon,
            "core",
            EventKind.Exited,
            $"event {sequence}",
            ServicePhase.BackingOff,
            7,
            "line 1\nline 2"
        );
}
