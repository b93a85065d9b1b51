using System.Collections.Immutable;
using Redb.Configuration.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Redb.Configuration.Yaml;

/// <summary>Builds the tree of one YAML document and keeps it within bounds, whatever the document says.</summary>
internal sealed class TreeReader
{
    /// <summary>Deepest nesting, aliases expanded. The configuration itself needs six levels.</summary>
    public const int MaxHeight = 32;

    /// <summary>Largest <see cref="YamlNode.Weight"/> of a document, aliases expanded: a few lines can ask for billions of nodes.</summary>
    public const int MaxWeight = 100_000;

    private readonly Parser _parser;
    private readonly Findings _findings;
    private readonly Dictionary<AnchorName, YamlNode?> _anchors = [];
    private int _weight;

    private TreeReader(string text, Findings findings)
    {
        _parser = new(new Scanner(new StringReader(text), skipComments: true));
        _findings = findings;
    }

    /// <summary>The document's root; null when there is none, or what is there cannot be read and was reported.</summary>
    public static YamlNode? Read(string text, Findings findings)
    {
        try
        {
            return new TreeReader(text, findings).ReadStream();
        }
        catch (YamlException e)
        {
            Report(text, e.Start, e.End, e.Message, findings);
        }
        catch (Exception e)
            when (e is ArgumentException or ArithmeticException or FormatException or InvalidOperationException)
        {
            // The parser lets a few malformed escapes, directives and tags out as exceptions of the base library, without a place.
            Report(text, Mark.Empty, Mark.Empty, $"is not YAML: {e.Message}", findings);
        }

        return null;
    }

    private static void Report(string text, Mark start, Mark end, string message, Findings findings)
    {
        if (!SourceText.ReportTabs(text, PlaceOf(start).Line, PlaceOf(end).Line + 1, findings))
        {
            findings.Error(SourceText.Within(text, PlaceOf(start)), "", Wording.Clean(message));
        }
    }

    private YamlNode? ReadStream()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = ReadNode(1);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
        {
            throw Refuse(second, "a second document starts here; a file holds one configuration");
        }

        return root;
    }

    private YamlNode ReadNode(int depth)
    {
        if (depth > MaxHeight)
        {
            throw Refuse(_parser.Current!, $"is nested deeper than {MaxHeight} levels");
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Expand(alias, depth);
        }

        var started = _parser.Require<NodeEvent>();
        if (!started.Anchor.IsEmpty)
        {
            // Known but not complete: an alias to it from within is a circle.
            _anchors[started.Anchor] = null;
        }

        YamlNode node = started switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadSequence(depth),
            _ => ReadMapping(depth),
        };
        if (!started.Anchor.IsEmpty)
        {
            _anchors[started.Anchor] = node;
        }

        return node;
    }

    private YamlNode.Scalar ReadScalar()
    {
        var scalar = _parser.Consume<Scalar>();
        var isText = IsTagged(scalar, "tag:yaml.org,2002:str");
        var node = new YamlNode.Scalar(
            PlaceOf(scalar.Start),
            scalar.Value,
            scalar.Style is ScalarStyle.Plain && !isText
        );
        Weigh(node.Weight, scalar);
        return node;
    }

    private YamlNode.Sequence ReadSequence(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        IsTagged(start, "tag:yaml.org,2002:seq");
        Weigh(1, start);
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new(PlaceOf(start.Start), items.ToImmutable());
    }

    private YamlNode.Mapping ReadMapping(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        IsTagged(start, "tag:yaml.org,2002:map");
        Weigh(1, start);
        var entries = ImmutableArray.CreateBuilder<KeyValuePair<YamlNode.Scalar, YamlNode>>();
        var merges = new List<KeyValuePair<YamlNode.Scalar, YamlNode>>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (key is not YamlNode.Scalar name)
            {
                _findings.Error(key.Place, "", $"a key must be a single value, not {key.Description}");
            }
            else if (name is { IsPlain: true, Text: "<<" })
            {
                merges.Add(new(name, value));
            }
            else
            {
                entries.Add(new(name, value));
            }
        }

        if (merges.Count > 0)
        {
            Merge(entries, merges);
        }

        return new(PlaceOf(start.Start), entries.ToImmutable());
    }

    /// <summary>YAML's merge key: what stands in the mapping itself wins, then the first that is merged in.</summary>
    private void Merge(
        ImmutableArray<KeyValuePair<YamlNode.Scalar, YamlNode>>.Builder entries,
        List<KeyValuePair<YamlNode.Scalar, YamlNode>> merges
    )
    {
        var known = entries.Select(static entry => entry.Key.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var (key, value) in merges)
        {
            foreach (var source in value is YamlNode.Sequence sequence ? sequence.Items : [value])
            {
                if (source is YamlNode.Mapping mapping)
                {
                    entries.AddRange(mapping.Entries.Where(entry => known.Add(entry.Key.Text)));
                }
                else
                {
                    _findings.Error(
                        key.Place,
                        "",
                        $"<< merges a set of keys or a list of them, not {source.Description}"
                    );
                }
            }
        }
    }

    private YamlNode Expand(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value, out var node))
        {
            throw Refuse(alias, $"*{alias.Value} stands for nothing: no &{alias.Value} before it");
        }

        if (node is null)
        {
            throw Refuse(alias, $"*{alias.Value} contains itself");
        }

        if (depth + node.Height - 1 > MaxHeight)
        {
            throw Refuse(alias, $"is nested deeper than {MaxHeight} levels");
        }

        Weigh(node.Weight, alias);
        return node;
    }

    private void Weigh(int weight, ParsingEvent at)
    {
        _weight += weight;
        if (_weight > MaxWeight)
        {
            throw Refuse(at, "is too large: more than 100000 values, or 3 MB of text, once aliases are expanded");
        }
    }

    /// <summary>Whether a node has this explicit tag; any other tag is refused, for no key means anything by one.</summary>
    private static bool IsTagged(NodeEvent node, string tag)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific)
        {
            return false;
        }

        return string.Equals(node.Tag.Value, tag, StringComparison.Ordinal)
            ? true
            : throw Refuse(node, $"the tag {Wording.Quote(node.Tag.Value)} is not supported; leave it out");
    }

    private static SemanticErrorException Refuse(ParsingEvent at, string message) => new(at.Start, at.End, message);

    private static Place PlaceOf(Mark mark) => new((int)Math.Max(mark.Line, 1), (int)Math.Max(mark.Column, 1));
}
