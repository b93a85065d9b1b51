using Redb.Cli.Rendering;

namespace Redb.Cli;

/// <summary>Says what nobody foresaw, in three lines as everything else that fails.</summary>
internal static class UnexpectedFailure
{
    /// <summary>Environment variable that, set to 1, has the stack printed too.</summary>
    public const string Variable = "REDBCTL_DEBUG";

    /// <summary>Whether the variable asks for the stack.</summary>
    public static bool IsDebugged =>
        string.Equals(Environment.GetEnvironmentVariable(Variable), "1", StringComparison.Ordinal);

    /// <summary>Writes the three lines.</summary>
    /// <param name="writer">Standard error.</param>
    /// <param name="error">What happened.</param>
    /// <param name="showsStack">Whether to write down where, too.</param>
    public static void Write(TextWriter writer, Exception error, bool showsStack)
    {
        new CommandFailure(
            ExitCode.Failed,
            "redbctl met something it does not know",
            $"{error.GetType().Name}: {Printable.Line(error.Message)}",
            $"report it with the lines above and those of redbctl --version; {Variable}=1 shows where it was"
        ).WriteTo(writer);
        if (showsStack)
        {
            writer.WriteLine(error);
        }
    }
}
