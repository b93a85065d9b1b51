namespace Redb.Cli.Rendering;

/// <summary>A column of a table.</summary>
/// <param name="Header">Its title.</param>
/// <param name="AlignsRight">Whether it holds numbers.</param>
/// <param name="IsEssential">Whether it stays however narrow the terminal is.</param>
internal sealed record Column(string Header, bool AlignsRight = false, bool IsEssential = false);
