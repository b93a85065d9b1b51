namespace Redb.Abstractions.Configuration;

/// <summary>How bad a <see cref="Problem"/> is.</summary>
public enum ProblemSeverity
{
    /// <summary>The configuration is refused.</summary>
    Error,

    /// <summary>The configuration is accepted, and its author told.</summary>
    Warning,
}
