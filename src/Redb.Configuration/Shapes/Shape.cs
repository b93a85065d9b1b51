using System.Text.Json.Nodes;
using Redb.Configuration.Keys;
using Redb.Configuration.Reading;
using Redb.Configuration.Yaml;

namespace Redb.Configuration.Shapes;

/// <summary>What a value may look like: how it is read, shown and described.</summary>
internal abstract class Shape<T>
{
    /// <summary>What is expected, to follow "must be".</summary>
    public abstract string Expectation { get; }

    /// <summary>The section a value may be instead of one line; null for none.</summary>
    public virtual Section? LongForm => null;

    /// <summary>Reads a value, or reports why it cannot.</summary>
    public abstract bool TryRead(YamlNode node, string path, ReadContext context, out T value);

    /// <summary>The value as it would be written in a file, without secrets.</summary>
    public abstract string Show(T value);

    /// <summary>The value in JSON; null for one that no file can spell.</summary>
    public abstract JsonNode? ToJson(T value);

    /// <summary>What is expected, for JSON Schema.</summary>
    public abstract JsonObject ToSchema();
}
