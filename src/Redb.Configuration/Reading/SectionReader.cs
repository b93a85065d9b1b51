using Redb.Configuration.Keys;
using Redb.Configuration.Shapes;
using Redb.Configuration.Yaml;

namespace Redb.Configuration.Reading;

/// <summary>Reads the keys of one section and reports those that do not belong there.</summary>
internal sealed class SectionReader
{
    private readonly Dictionary<string, YamlNode> _values = new(StringComparer.Ordinal);
    private readonly ReadContext _context;
    private readonly Section _section;
    private readonly string _path;
    private readonly bool _isShown;

    /// <summary>Takes what is written apart and reports keys that are unknown or written twice.</summary>
    /// <param name="context">What is gathered.</param>
    /// <param name="section">The keys that belong here.</param>
    /// <param name="node">What is written; null when nothing is.</param>
    /// <param name="path">Where it is written.</param>
    /// <param name="isShown">Whether its values appear one by one among the effective ones.</param>
    public SectionReader(ReadContext context, Section section, YamlNode? node, string path, bool isShown = true)
    {
        (_context, _section, _path, _isShown) = (context, section, path, isShown);
        if (node is YamlNode.Mapping mapping)
        {
            Take(mapping);
        }
        else if (node is { IsNull: false })
        {
            context.Findings.Error(
                node.Place,
                path,
                $"must be a set of keys ({string.Join(", ", section.KeyNames)}), not {node.Description}"
            );
        }
    }

    public string PathOf(Key key) => Wording.Join(_path, key.Name);

    /// <summary>Whether the key stands in the file, even with nothing behind it.</summary>
    public bool IsWritten(Key key) => _values.ContainsKey(key.Name);

    public T Get<T>(Key<T> key) => Get(key, key.Default);

    /// <summary>The value of a key, or a default that depends on other keys.</summary>
    public T Get<T>(Key<T> key, T fallback)
    {
        var path = PathOf(key);
        var (value, origin, source) = (fallback, ValueOrigin.Default, "");
        if (_values.TryGetValue(key.Name, out var node) && !node.IsNull)
        {
            if (key.Shape.TryRead(node, path, _context, out var written))
            {
                value = written;
            }

            (origin, source) = (ValueOrigin.File, $"{_context.Findings.File}:{node.Place.Line}:{node.Place.Column}");
        }

        if (_context.OverrideOf(key) is { } given)
        {
            (value, origin, source) = (Parse(key, given, path, fallback), given.Origin, given.Source);
        }

        if (key.IsRequired && origin == ValueOrigin.Default)
        {
            var variable = key.Variable is null ? "" : $"; {key.Variable} sets it as well";
            _context.Error(path, $"is required: {key.Expectation}{variable}");
        }

        Show(key, path, value, origin, source);
        return value;
    }

    public SectionReader Get(SectionKey key) =>
        new(_context, key.Section, _values.GetValueOrDefault(key.Name), PathOf(key));

    /// <summary>The named sections below a key in the order of the file, without those whose name is not legal.</summary>
    public IEnumerable<KeyValuePair<string, SectionReader>> Get(NamedSectionsKey key)
    {
        var node = _values.GetValueOrDefault(key.Name);
        if (node is YamlNode.Mapping mapping)
        {
            return ReadNamed(key, mapping);
        }

        if (node is { IsNull: false })
        {
            _context.Findings.Error(node.Place, PathOf(key), $"must be {key.Expectation}, not {node.Description}");
        }

        return [];
    }

    private IEnumerable<KeyValuePair<string, SectionReader>> ReadNamed(NamedSectionsKey key, YamlNode.Mapping mapping)
    {
        var path = PathOf(key);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in mapping.Entries)
        {
            var itemPath = Wording.Join(path, name.Text);
            if (known.Count == key.Most)
            {
                _context.Findings.Error(name.Place, path, $"must not hold more than {key.Most} entries");
                yield break;
            }

            if (!key.Names.TryParse(name.Text, plain: true, out _, out var complaint))
            {
                _context.Findings.Error(name.Place, itemPath, $"the name {complaint}");
            }
            else if (!known.Add(name.Text))
            {
                ReportTwice(name, itemPath);
            }
            else
            {
                _context.Remember(itemPath, name.Place);
                yield return new(name.Text, new(_context, key.Section, value, itemPath));
            }
        }
    }

    private void Take(YamlNode.Mapping mapping)
    {
        foreach (var (name, value) in mapping.Entries)
        {
            var path = Wording.Join(_path, name.Text);
            if (!_section.KeyNames.Contains(name.Text, StringComparer.Ordinal))
            {
                var suggestion = _context.Findings.Suggest(name.Text, _section.KeyNames);
                var allowed =
                    $"{(suggestion.Length == 0 ? "; allowed" : " Allowed")} here: {string.Join(", ", _section.KeyNames)}";
                _context.Findings.Error(name.Place, path, $"unknown key{suggestion}{allowed}");
            }
            else if (!_values.TryAdd(name.Text, value))
            {
                ReportTwice(name, path);
            }
            else
            {
                _context.Remember(path, value is YamlNode.Scalar { IsNull: false } ? value.Place : name.Place);
            }
        }
    }

    private void ReportTwice(YamlNode.Scalar name, string path) =>
        _context.Findings.Error(
            name.Place,
            path,
            $"is written twice; the first is in line {_context.PlaceOf(path).Line}"
        );

    private T Parse<T>(Key<T> key, Override given, string path, T fallback)
    {
        if (((ScalarShape<T>)key.Shape).TryParse(given.Text, plain: true, out var value, out var complaint))
        {
            return value;
        }

        _context.Findings.Error(Place.None, path, $"{complaint} (from {given.Source})");
        return fallback;
    }

    private void Show<T>(Key<T> key, string path, T value, ValueOrigin origin, string source)
    {
        if (_isShown)
        {
            var text = key.Shape.Show(value);
            _context.AddEffective(
                path,
                key.IsSecret && text is not ("" or "\"\"") ? Secrets.Mask : text,
                origin,
                source
            );
        }
    }
}
