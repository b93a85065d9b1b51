namespace Redb.Cli;

/// <summary>Ends a command with three lines for people and a number for the shell; caught once, in the application.</summary>
internal sealed class CommandFailure(ExitCode code, string what, string cause, string next) : Exception(what)
{
    /// <summary>What the shell gets.</summary>
    public ExitCode Code { get; } = code;

    /// <summary>The measured reason.</summary>
    public string Cause { get; } = cause;

    /// <summary>What to do next, a command where there is one.</summary>
    public string Next { get; } = next;

    /// <summary>Whether it may be over in a moment, so that whoever has time tries again.</summary>
    public bool MayPass { get; init; }

    /// <summary>Writes what failed, why, and what to do.</summary>
    public void WriteTo(TextWriter writer)
    {
        writer.WriteLine($"error: {Message}");
        writer.WriteLine($"cause: {Cause}");
        writer.WriteLine($"next:  {Next}");
    }
}
