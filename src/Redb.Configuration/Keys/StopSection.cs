using Redb.Abstractions.Services;
using Redb.Configuration.Reading;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>The <c>services.NAME.stop</c> section.</summary>
internal static class StopSection
{
    private static readonly StopPolicy Default = new();

    private static readonly Key<StopSignal> Signal = new(
        "signal",
        new ChoiceShape<StopSignal>([
            ("SIGTERM", StopSignal.Terminate),
            ("SIGINT", StopSignal.Interrupt),
            ("SIGQUIT", StopSignal.Quit),
            ("SIGHUP", StopSignal.Hangup),
            ("SIGKILL", StopSignal.Kill),
            ("SIGUSR1", StopSignal.User1),
            ("SIGUSR2", StopSignal.User2),
            ("TERM", StopSignal.Terminate),
            ("INT", StopSignal.Interrupt),
            ("QUIT", StopSignal.Quit),
            ("HUP", StopSignal.Hangup),
            ("KILL", StopSignal.Kill),
            ("USR1", StopSignal.User1),
            ("USR2", StopSignal.User2),
        ]),
        Default.Signal,
        "Signal sent after the polite request to stop."
    );

    private static readonly Key<TimeSpan> Grace = new(
        "grace",
        new DurationShape(TimeSpan.Zero),
        Default.Grace,
        "How long each polite rung of the stop ladder may take."
    );

    public static Section Section { get; } = new("stop", [Signal, Grace]);

    public static StopPolicy Read(SectionReader section) =>
        new() { Signal = section.Get(Signal), Grace = section.Get(Grace) };
}
