using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Rules;

/// <summary>Warns of what the mesh, which reads the configuration file itself, would not understand.</summary>
internal static class MeshRules
{
    private const string Mesh = "mesh";
    private const string ConfigFlag = "--config";

    public static void Check(RedbConfiguration configuration, ReadContext context)
    {
        WarnOfValues(context);
        if (
            configuration.Services.FirstOrDefault(static service => service is { Name: Mesh, Enabled: true }) is
            { } mesh
        )
        {
            WarnOfOtherFile(mesh, context);
        }
    }

    /// <summary>The mesh drops the whole file when a value in its map is not a YAML string.</summary>
    private static void WarnOfValues(ReadContext context)
    {
        foreach (
            var path in context.Untexted.Where(static path =>
                path.StartsWith($"services.{Mesh}.config.", StringComparison.Ordinal)
            )
        )
        {
            context.Warning(
                path,
                "must be in quotes: the mesh reads this file itself and ignores all of it over a value that is not a string"
            );
        }
    }

    private static void WarnOfOtherFile(ServiceConfiguration mesh, ReadContext context)
    {
        var input = context.Input;
        var own = Folders.Resolve(input.File, input);
        for (var i = 0; i < mesh.Arguments.Length; i++)
        {
            var (argument, element) = (mesh.Arguments[i], i);
            if (argument is ConfigFlag && i + 1 < mesh.Arguments.Length)
            {
                (argument, element) = ($"{ConfigFlag}={mesh.Arguments[i + 1]}", i + 1);
            }

            if (!argument.StartsWith($"{ConfigFlag}=", StringComparison.Ordinal))
            {
                continue;
            }

            var folder = Path.GetFullPath(mesh.WorkingDirectory, input.WorkingDirectory);
            var other = Path.GetFullPath(argument[(ConfigFlag.Length + 1)..], folder);
            if (!string.Equals(own, other, StringComparison.Ordinal))
            {
                context.Warning(
                    $"services.{Mesh}.args[{element}]",
                    $"the mesh will read {Wording.Clean(other)}, which is not this file"
                );
            }
        }
    }
}
