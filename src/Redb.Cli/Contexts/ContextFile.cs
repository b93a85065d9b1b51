using System.Collections.Immutable;
using Redb.Security.Certificates;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Redb.Cli.Contexts;

/// <summary>The contexts as they lie on the disk: <c>~/.config/redb/redbctl.yaml</c>, mode 0600.</summary>
/// <param name="path">The file.</param>
internal sealed class ContextFile(string path)
{
    private const string CurrentKey = "current";
    private const string ContextsKey = "contexts";
    private static readonly string[] s_keys = ["gateways", "ca", "certificate", "key"];

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The user's folder of settings: <c>$XDG_CONFIG_HOME/redb</c>, else <c>~/.config/redb</c>.</summary>
    public static string FolderOf(Func<string, string?> variable)
    {
        var settings = variable("XDG_CONFIG_HOME") is { Length: > 0 } named
            ? named
            : System.IO.Path.Combine(variable("HOME") ?? "", ".config");
        return System.IO.Path.Combine(settings, "redb");
    }

    /// <summary>The user's file.</summary>
    public static ContextFile Of(Func<string, string?> variable) =>
        new(System.IO.Path.Combine(FolderOf(variable), "redbctl.yaml"));

    /// <summary>Reads it; none where there is none.</summary>
    /// <exception cref="CommandFailure">It does not hold contexts.</exception>
    public ContextSet Read()
    {
        if (!File.Exists(Path))
        {
            return ContextSet.Empty();
        }

        try
        {
            var stream = new YamlStream();
            using var reader = new StringReader(File.ReadAllText(Path));
            stream.Load(reader);
            return stream.Documents is [{ RootNode: YamlMappingNode root }] ? Read(root) : ContextSet.Empty();
        }
        catch (YamlException error)
        {
            throw Wrong($"line {error.Start.Line}: {error.Message}");
        }
    }

    /// <summary>Writes it in one step.</summary>
    public void Write(ContextSet set)
    {
        var contexts = new YamlMappingNode();
        foreach (var context in set.Contexts)
        {
            var entry = new YamlMappingNode
            {
                { s_keys[0], new YamlSequenceNode(context.Gateways.Select(gateway => new YamlScalarNode(gateway))) },
            };
            foreach (var (key, file) in s_keys[1..].Zip([context.Ca, context.Certificate, context.Key]))
            {
                entry.Add(key, file);
            }

            contexts.Add(context.Name, entry);
        }

        var root = new YamlMappingNode();
        if (set.Current is not null)
        {
            root.Add(CurrentKey, set.Current);
        }

        root.Add(ContextsKey, contexts);
        using var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(root)).Save(text, assignAnchors: false);
        PrivateFile.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
        PrivateFile.Replace(Path, text.ToString().Replace("...\n", "", StringComparison.Ordinal));
    }

    private ContextSet Read(YamlMappingNode root)
    {
        RefuseOthers(root, [CurrentKey, ContextsKey], "");
        var contexts =
            root.Children.TryGetValue(ContextsKey, out var node) && node is YamlMappingNode entries
                ? entries.Children.Select(entry => ReadContext(entry.Key.ToString(), entry.Value))
                : [];
        return new(TextOf(root, CurrentKey), [.. contexts]);
    }

    private ToolContext ReadContext(string name, YamlNode node)
    {
        if (node is not YamlMappingNode entry)
        {
            throw Wrong($"line {node.Start.Line}: context {name} has no settings");
        }

        RefuseOthers(entry, s_keys, $"context {name}: ");
        ImmutableArray<string> gateways =
            entry.Children.TryGetValue(s_keys[0], out var list) && list is YamlSequenceNode items
                ? [.. items.Select(item => item.ToString())]
                : [];
        return gateways.IsEmpty
            ? throw Wrong($"line {node.Start.Line}: context {name} names no gateways")
            : new(name, gateways, Need(s_keys[1]), Need(s_keys[2]), Need(s_keys[3]));

        string Need(string key) =>
            TextOf(entry, key) ?? throw Wrong($"line {node.Start.Line}: context {name} names no {key}");
    }

    private static string? TextOf(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value: { Length: > 0 } text }
            ? text
            : null;

    private void RefuseOthers(YamlMappingNode node, string[] known, string where)
    {
        if (
            node.Children.Keys.FirstOrDefault(key => !known.Contains(key.ToString(), StringComparer.Ordinal)) is
            { } other
        )
        {
            throw Wrong($"line {other.Start.Line}: {where}'{other}' is no key; known are {string.Join(", ", known)}");
        }
    }

    private CommandFailure Wrong(string cause) =>
        new(
            ExitCode.ConfigurationInvalid,
            "the contexts cannot be read",
            $"{Path}, {cause}",
            "correct the file, or move it away and add the contexts anew with redbctl context add"
        );
}
