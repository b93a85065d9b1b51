using Redb.Abstractions.Configuration;
using Redb.Configuration.Yaml;

namespace Redb.Configuration.Rules;

/// <summary>A path in a file, with its place, to be named in a problem of another file.</summary>
internal sealed record Written(string File, Place Place, string Path)
{
    public static Written Of(ConfigurationResult file, string path) =>
        new(file.Configuration!.File, file.PlaceOf(path), path);

    public Problem Error(string message) => new(File, Place.Line, Place.Column, Path, message);

    public Problem Warning(string message) => Error(message) with { Severity = ProblemSeverity.Warning };

    public override string ToString() => $"{File}:{Place.Line}:{Place.Column} ({Path})";
}
