using System.Collections.Immutable;
using System.Globalization;
using Redb.Configuration.Keys;
using Redb.Configuration.Yaml;

namespace Redb.Configuration.Reading;

/// <summary>What is gathered while one file is read: problems, places and effective values.</summary>
internal sealed class ReadContext(ReaderInput input, Findings findings)
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly ImmutableArray<EffectiveValue>.Builder _effective = ImmutableArray.CreateBuilder<EffectiveValue>();
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    public ReaderInput Input => input;

    public Findings Findings => findings;

    public ImmutableArray<EffectiveValue> Effective => _effective.ToImmutable();

    /// <summary>Paths of map values that YAML takes for a number, a truth value or nothing, in the order of the file.</summary>
    public List<string> Untexted { get; } = [];

    public void Remember(string path, Place place) => _places[path] = place;

    /// <summary>Where a path is written, or else the nearest thing that contains it.</summary>
    public Place PlaceOf(string path)
    {
        while (path.Length > 0)
        {
            if (_places.TryGetValue(path, out var place))
            {
                return place;
            }

            path = path[..Math.Max(path.LastIndexOfAny(['.', '[']), 0)];
        }

        return Place.Top;
    }

    /// <summary>A path with where it is written, to be named in a problem that stands elsewhere.</summary>
    public string Locate(string path) =>
        _places.TryGetValue(path, out var place) ? $"{path} in line {place.Line}" : $"{path} (by default)";

    public void Error(string path, string message) => findings.Error(PlaceOf(path), path, message);

    public void Warning(string path, string message) => findings.Warning(PlaceOf(path), path, message);

    /// <summary>What replaces a key of the file, the command line before the environment; an empty variable replaces nothing.</summary>
    public Override? OverrideOf(Key key)
    {
        var flag = key.Flag switch
        {
            Flags.Port => input.Flags.Port?.ToString(CultureInfo.InvariantCulture),
            Flags.DataDirectory => input.Flags.DataDirectory,
            Flags.PostgresUser => input.Flags.PostgresUser,
            Flags.PostgresHost => input.Flags.PostgresHost,
            Flags.PostgresPort => input.Flags.PostgresPort?.ToString(CultureInfo.InvariantCulture),
            Flags.PostgresDatabase => input.Flags.PostgresDatabase,
            _ => null,
        };
        if (flag is not null)
        {
            return new(flag, ValueOrigin.Flag, key.Flag!);
        }

        return key.Variable is { } name && input.Environment.TryGetValue(name, out var text) && text.Length > 0
            ? new(text, ValueOrigin.Environment, name)
            : null;
    }

    /// <summary>Corrects a default that could only be computed after everything was read.</summary>
    public void AmendDefault(string path, string value)
    {
        if (_positions.TryGetValue(path, out var position))
        {
            _effective[position] = _effective[position] with { Value = value };
        }
    }

    public void AddEffective(string path, string value, ValueOrigin origin, string source)
    {
        _positions[path] = _effective.Count;
        _effective.Add(new(path, value, origin, source));
    }
}
