using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Probes;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Rules;

/// <summary>What must hold of each service on its own.</summary>
internal static class ServiceRules
{
    public static void Check(RedbConfiguration configuration, ReadContext context)
    {
        foreach (var service in configuration.Services.Where(static service => service.Enabled))
        {
            var path = Wording.Join("services", service.Name);
            CheckExecutable(service, path, context);
            CheckWorkingDirectory(service, path, context);
            CheckProbe(service, service.Probes.Startup, $"{path}.probes.startup", context);
            CheckProbe(service, service.Probes.Readiness, $"{path}.probes.readiness", context);
            CheckProbe(service, service.Probes.Liveness, $"{path}.probes.liveness", context);
        }
    }

    private static void CheckExecutable(ServiceConfiguration service, string path, ReadContext context)
    {
        path = $"{path}.executable";
        if (context.Input.Dev)
        {
            return;
        }

        if (service.Executable.Length == 0)
        {
            context.Error(path, "is required for an enabled service: a path, or a name to find in PATH");
            return;
        }

        var isPath = service.Executable.Contains('/', StringComparison.Ordinal);
        var folders = isPath ? [context.Input.WorkingDirectory] : SearchPath(context.Input);
        var found = folders
            .Select(folder => context.Input.Files.Look(Path.GetFullPath(service.Executable, folder)))
            .ToHashSet();
        if (!found.Contains(FileStatus.Executable))
        {
            context.Error(path, ExplainMissing(service.Executable, isPath, found, context));
        }
    }

    private static string ExplainMissing(string executable, bool isPath, HashSet<FileStatus> found, ReadContext context)
    {
        var shown = Wording.Quote(executable);
        return found.Contains(FileStatus.File) ? $"{shown} is not executable; run chmod +x on it"
            : !isPath
                ? $"{shown} is not in PATH; write ./{Wording.Clean(executable)} for a program in the working directory"
            : found.Contains(FileStatus.Folder) ? $"{shown} is a folder, not a program"
            : $"{shown} does not exist; looked for {Wording.Clean(Path.GetFullPath(executable, context.Input.WorkingDirectory))}";
    }

    /// <summary>Relative entries are skipped: a program must not depend on where the supervisor was started.</summary>
    private static ImmutableArray<string> SearchPath(ReaderInput input) =>
        [
            .. input
                .Environment.GetValueOrDefault("PATH", "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Where(Path.IsPathFullyQualified),
        ];

    private static void CheckWorkingDirectory(ServiceConfiguration service, string path, ReadContext context)
    {
        if (service.WorkingDirectory.Length == 0)
        {
            return;
        }

        var folder = Path.GetFullPath(service.WorkingDirectory, context.Input.WorkingDirectory);
        if (context.Input.Files.Look(folder) != FileStatus.Folder)
        {
            context.Error(
                $"{path}.working_directory",
                $"{Wording.Quote(service.WorkingDirectory)} is no folder; looked for {Wording.Clean(folder)}"
            );
        }
    }

    private static void CheckProbe(
        ServiceConfiguration service,
        ProbeConfiguration probe,
        string path,
        ReadContext context
    )
    {
        if (probe.Kind == ProbeKind.Exec && probe.Command.IsEmpty)
        {
            context.Error($"{path}.command", "is required for an exec probe: program and arguments");
        }

        var needsPort = probe.Kind is ProbeKind.Grpc or ProbeKind.Controller or ProbeKind.Http or ProbeKind.Tcp;
        if (needsPort && probe.Port == 0 && ServicePorts.Grpc(service, new()) is null)
        {
            context.Error($"{path}.port", "is required: the service's args name no port to ask");
        }
    }
}
