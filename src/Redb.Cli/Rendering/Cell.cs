using Spectre.Console;

namespace Redb.Cli.Rendering;

/// <summary>Text in a table, and how it looks where there is colour.</summary>
internal readonly record struct Cell(string Text, Style? Style = null);
