using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Configuration.Keys;
using Redb.Configuration.Reading;
using Redb.Configuration.Rules;
using Redb.Configuration.Yaml;

namespace Redb.Configuration;

/// <summary>Reads configuration files: text in, a configuration or everything that is wrong with it out. Never throws for what a file says.</summary>
public static class ConfigurationReader
{
    /// <summary>Reads one file.</summary>
    public static ConfigurationResult Read(ReaderInput input)
    {
        var findings = new Findings(input.File);
        return ReadTree(input, findings) is { } root
            ? Bind(root, input, findings)
            : new(null, findings.ToProblems(), []);
    }

    /// <summary>Reads the files of one supervisor, one group each, which must not get in each other's way.</summary>
    public static ConfigurationSet ReadFiles(IReadOnlyList<ReaderInput> inputs)
    {
        ImmutableArray<ConfigurationResult> files = [.. inputs.Select(Read)];
        ImmutableArray<Problem> problems =
        [
            .. files.SelectMany(static file => file.Problems),
            .. SetRules.Check(files),
        ];
        var isLegal = problems.All(static problem => problem.Severity == ProblemSeverity.Warning);
        return new(isLegal ? [.. files.Select(static file => file.Configuration!)] : [], problems, files);
    }

    private static YamlNode.Mapping? ReadTree(ReaderInput input, Findings findings)
    {
        if (
            ReadContent(input, findings) is not { } content
            || SourceText.Decode(content.Span, findings) is not { } text
        )
        {
            return null;
        }

        var root = TreeReader.Read(text, findings);
        if (findings.HasErrors)
        {
            return null;
        }

        if (root is null or { IsNull: true })
        {
            findings.Error(Place.Top, "", "is empty; at least database.name is needed");
            return null;
        }

        if (root is YamlNode.Mapping mapping)
        {
            return mapping;
        }

        var allowed = string.Join(", ", RootSection.Section.KeyNames);
        findings.Error(root.Place, "", $"must be a set of keys ({allowed}), not {root.Description}");
        return null;
    }

    private static ReadOnlyMemory<byte>? ReadContent(ReaderInput input, Findings findings)
    {
        if (input.Content is { } content)
        {
            return content;
        }

        // One byte more than is allowed shows that there is more.
        var path = Folders.Resolve(input.File, input);
        var read = input.Files.Read(path, SourceText.MaxBytes + 1, out var complaint);
        if (read is null)
        {
            findings.Error(
                Place.None,
                "",
                Path.IsPathRooted(input.File) ? complaint : $"{complaint}; looked for {Wording.Clean(path)}"
            );
        }

        return read;
    }

    private static ConfigurationResult Bind(YamlNode.Mapping root, ReaderInput input, Findings findings)
    {
        var context = new ReadContext(input, findings);
        var configuration = RootSection.Read(new(context, RootSection.Section, root, ""), context);
        ServiceRules.Check(configuration, context);
        MeshRules.Check(configuration, context);
        DependencyRules.Check(configuration, context);
        PortRules.Check(configuration, context);
        ClusterRules.Check(configuration, context);
        return new(findings.HasErrors ? null : configuration, findings.ToProblems(), context.Effective)
        {
            PlaceOf = context.PlaceOf,
        };
    }
}
