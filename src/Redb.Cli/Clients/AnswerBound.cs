using Redb.Configuration.Durations;

namespace Redb.Cli.Clients;

/// <summary>How long a supervisor may take to answer before it counts as not answering.</summary>
internal static class AnswerBound
{
    /// <summary>Environment variable that changes it, as a duration such as <c>30s</c>.</summary>
    public const string Variable = "REDBCTL_ANSWER_TIMEOUT";

    // A supervisor on this machine answers in milliseconds; a frozen one never does.
    private static readonly TimeSpan s_standard = TimeSpan.FromSeconds(5);

    /// <summary>Default 5 s; the variable's value where it is a positive duration.</summary>
    public static TimeSpan Value { get; } = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>What a text in the variable means.</summary>
    public static TimeSpan Read(string? text) =>
        text is not null && GoDuration.TryParse(text, out var duration, out _) && duration > TimeSpan.Zero
            ? duration
            : s_standard;
}
