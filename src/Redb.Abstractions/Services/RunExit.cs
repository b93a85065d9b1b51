namespace Redb.Abstractions.Services;

/// <summary>How a run ended.</summary>
/// <param name="Code">Exit code, or null when a signal ended it or nothing is known.</param>
/// <param name="Signal">Signal number, or null.</param>
/// <param name="At">When it was seen; for an end that nobody saw, when it was found.</param>
/// <param name="Witness">Who saw it.</param>
/// <param name="Note">What else is known of it, for people: <c>killed for memory: limit 64 MB (cgroup v1)</c>; null when nothing is.</param>
[GenerateSerializer, Immutable]
public sealed record RunExit(
    [property: Id(0)] int? Code,
    [property: Id(1)] int? Signal,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] ExitWitness Witness = ExitWitness.Supervisor,
    [property: Id(4)] string? Note = null
)
{
    /// <summary>Whether the process ended by itself with code 0.</summary>
    public bool IsSuccess => Code == 0;

    /// <summary>For people: <c>exit code 1</c>, <c>SIGKILL</c>, <c>exit code unknown while no supervisor watched</c>, with the note behind a comma.</summary>
    public string Describe()
    {
        var status = Witness switch
        {
            ExitWitness.NobodyAfterBoot => "a restart of the machine",
            ExitWitness.Nobody => $"{DescribeStatus()} while no supervisor watched",
            _ => DescribeStatus(),
        };
        return Note is { Length: > 0 } note ? $"{status}, {note}" : status;
    }

    private string DescribeStatus() =>
        (Code, Signal) switch
        {
            ({ } code, _) => $"exit code {code}",
            (_, { } signal) => SignalName(signal),
            _ => "exit code unknown",
        };

    private static string SignalName(int number) =>
        number switch
        {
            1 => "SIGHUP",
            2 => "SIGINT",
            3 => "SIGQUIT",
            4 => "SIGILL",
            6 => "SIGABRT",
            7 => "SIGBUS",
            8 => "SIGFPE",
            9 => "SIGKILL",
            11 => "SIGSEGV",
            13 => "SIGPIPE",
            14 => "SIGALRM",
            15 => "SIGTERM",
            24 => "SIGXCPU",
            25 => "SIGXFSZ",
            _ => $"signal {number}",
        };
}
