using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Redb.Configuration.Shapes;

namespace Redb.Configuration.Keys;

/// <summary>One key a section may hold. Reader, suggestions, schema and reference are all made from these.</summary>
internal abstract class Key(string name, string summary)
{
    public string Name => name;

    /// <summary>What it sets, for people.</summary>
    public string Summary => summary;

    /// <summary>Environment variable that overrides it.</summary>
    public string? Variable { get; init; }

    /// <summary>Flag that overrides it.</summary>
    public string? Flag { get; init; }

    /// <summary>Whether its value is never shown.</summary>
    public bool IsSecret { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>What it holds, for people.</summary>
    public abstract string Expectation { get; }

    /// <summary>Its default as written in a file; null when there is none.</summary>
    public abstract string? DefaultText { get; }

    /// <summary>The sections that may stand below it.</summary>
    public virtual ImmutableArray<Section> Sections => [];

    /// <summary>What stands between it and the keys of those sections, for people.</summary>
    public virtual string PathSuffix => "";

    /// <summary>What it holds, for JSON Schema.</summary>
    public abstract JsonObject ToSchema();
}

/// <summary>A key that holds a value.</summary>
internal sealed class Key<T>(string name, Shape<T> shape, T fallback, string summary) : Key(name, summary)
{
    public Shape<T> Shape => shape;

    public T Default => fallback;

    /// <summary>The default in words, where it depends on something else.</summary>
    public string? ComputedDefault { get; init; }

    public override string Expectation => shape.Expectation;

    public override ImmutableArray<Section> Sections => shape.LongForm is { } form ? [form] : [];

    public override string PathSuffix => "[]";

    public override string? DefaultText => ComputedDefault ?? (IsRequired ? null : shape.Show(fallback));

    public override JsonObject ToSchema()
    {
        var schema = shape.ToSchema();
        schema["description"] = ComputedDefault is null ? Summary : $"{Summary} Default: {ComputedDefault}.";
        if (ComputedDefault is null && !IsRequired && !IsSecret && shape.ToJson(fallback) is { } value)
        {
            schema["default"] = value;
        }

        return schema;
    }
}
