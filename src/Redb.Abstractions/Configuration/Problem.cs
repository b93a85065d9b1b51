namespace Redb.Abstractions.Configuration;

/// <summary>One thing wrong with a configuration, said so that its author can put it right.</summary>
/// <param name="File">The file as given on the command line.</param>
/// <param name="Line">Line, from 1; 0 when the problem has no place of its own.</param>
/// <param name="Column">Column, from 1; 0 when the problem has no place of its own.</param>
/// <param name="Path">Where it is, as written: <c>services.mesh.restart.max_delay</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Severity">Whether the file can be used in spite of it.</param>
public sealed record Problem(
    string File,
    int Line,
    int Column,
    string Path,
    string Message,
    ProblemSeverity Severity = ProblemSeverity.Error
)
{
    /// <summary>One line in the form editors can jump from: <c>file:line:column: path: message</c>.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}:{Column}" : File;
        var warning = Severity == ProblemSeverity.Warning ? "warning: " : "";
        return Path.Length > 0 ? $"{place}: {warning}{Path}: {Message}" : $"{place}: {warning}{Message}";
    }
}
