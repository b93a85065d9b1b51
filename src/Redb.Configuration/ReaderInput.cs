using System.Collections;
using System.Collections.Immutable;
using System.Text;

namespace Redb.Configuration;

/// <summary>One file to read and all that its meaning depends on; the reader looks at nothing else.</summary>
public sealed record ReaderInput
{
    /// <summary>The file as its author named it; problems show it so. Relative to <see cref="WorkingDirectory"/>.</summary>
    public required string File { get; init; }

    /// <summary>Content of the file in UTF-8. Default none: it is read through <see cref="Files"/>.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>Environment variables. Default none.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Settings of the command line. Default none.</summary>
    public FlagOverrides Flags { get; init; } = new();

    /// <summary>Whether executables may be missing, because the stand-in plays them. Default false.</summary>
    public bool Dev { get; init; }

    /// <summary>Absolute folder that relative paths start from.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The file system.</summary>
    public required IConfigurationFiles Files { get; init; }

    /// <summary>An input of this process: its environment, working directory and disk.</summary>
    public static ReaderInput OfProcess(string file)
    {
        var variables = System
            .Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToImmutableDictionary(
                static variable => (string)variable.Key,
                static variable => (string?)variable.Value ?? "",
                StringComparer.Ordinal
            );
        return new()
        {
            File = file,
            Environment = variables,
            WorkingDirectory = Directory.GetCurrentDirectory(),
            Files = new DiskFiles(),
        };
    }

    /// <summary>The same input with this text as the file's content.</summary>
    public ReaderInput WithText(string text) => this with { Content = Encoding.UTF8.GetBytes(text) };
}
