namespace Redb.Cli.Commands;

/// <summary>How data is printed.</summary>
internal enum OutputFormat
{
    /// <summary>For people, cut to the width of the terminal.</summary>
    Table,

    /// <summary>For people, every column in full.</summary>
    Wide,

    /// <summary>For programs.</summary>
    Json,
}
