using System.Collections.Immutable;
using System.Globalization;

namespace Redb.Configuration.Yaml;

/// <summary>A value of the file with its place: a closed family of scalar, sequence and mapping.</summary>
internal abstract class YamlNode(Place place)
{
    public Place Place { get; } = place;

    /// <summary>Size with every alias expanded: one per node, and one more for every 32 characters of text.</summary>
    public abstract int Weight { get; }

    /// <summary>Levels of nesting in it; 1 for a scalar.</summary>
    public abstract int Height { get; }

    /// <summary>What it is, for a message.</summary>
    public abstract string Description { get; }

    /// <summary>Whether nothing is written: an empty value, <c>~</c> or <c>null</c>.</summary>
    public virtual bool IsNull => false;

    internal sealed class Scalar(Place place, string text, bool plain) : YamlNode(place)
    {
        public string Text { get; } = text;

        /// <summary>Whether it is written without quotes, so that YAML decides what type it has.</summary>
        public bool IsPlain { get; } = plain;

        /// <summary>Whether every YAML reader takes it for text rather than a number, a truth value or nothing.</summary>
        public bool IsText =>
            !IsPlain
            || !(
                IsNull
                || Text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE"
                || Text.TrimStart('+', '-') is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN"
                || Text.StartsWith("0x", StringComparison.Ordinal)
                || Text.StartsWith("0o", StringComparison.Ordinal)
                || double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            );

        public override int Weight => 1 + (Text.Length / 32);

        public override int Height => 1;

        public override string Description => IsNull ? "nothing" : "a single value";

        public override bool IsNull => IsPlain && Text is ("" or "~" or "null" or "Null" or "NULL");
    }

    internal sealed class Sequence(Place place, ImmutableArray<YamlNode> items) : YamlNode(place)
    {
        public ImmutableArray<YamlNode> Items { get; } = items;

        public override int Weight { get; } = 1 + items.Sum(static item => item.Weight);

        public override int Height { get; } = 1 + items.Select(static item => item.Height).DefaultIfEmpty().Max();

        public override string Description => "a list";
    }

    internal sealed class Mapping(Place place, ImmutableArray<KeyValuePair<Scalar, YamlNode>> entries) : YamlNode(place)
    {
        /// <summary>Entries in the order of the file, duplicates included.</summary>
        public ImmutableArray<KeyValuePair<Scalar, YamlNode>> Entries { get; } = entries;

        public override int Weight { get; } = 1 + entries.Sum(static entry => entry.Key.Weight + entry.Value.Weight);

        public override int Height { get; } =
            1 + entries.Select(static entry => entry.Value.Height).DefaultIfEmpty().Max();

        public override string Description => "a set of keys";
    }
}
