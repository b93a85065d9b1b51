namespace Redb.Configuration;

/// <summary>One setting as it holds, and why. Secrets are already masked.</summary>
/// <param name="Path">The setting: <c>services.mesh.restart.max_delay</c>.</param>
/// <param name="Value">Its value, as it would be written in the file.</param>
/// <param name="Origin">What kind of source it has.</param>
/// <param name="Source">The source: <c>config.yaml:12:3</c>, <c>REDB_DATABASE_NAME</c>, <c>--port</c>; empty for a default.</param>
public sealed record EffectiveValue(string Path, string Value, ValueOrigin Origin, string Source)
{
    /// <summary><c>path: value  # source</c>.</summary>
    public override string ToString() => $"{Path}: {Value}  # {(Origin == ValueOrigin.Default ? "default" : Source)}";
}
