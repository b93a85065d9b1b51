using System.CommandLine;
using Redb.Abstractions.Configuration;
using Redb.Cli.Clients;
using Redb.Configuration;

namespace Redb.Cli.Commands;

/// <summary>Finds the configuration of the group that a command line means: a named file, that of the running supervisor, or the usual one.</summary>
/// <param name="context">What is known of the world.</param>
internal sealed class GroupFinder(CommandContext context)
{
    private const string UsualFile = "config.yaml";

    /// <summary>The group that a command line means.</summary>
    /// <exception cref="CommandFailure">It stays open which, or its file is refused.</exception>
    public ConfiguredGroup Find(ParseResult parsed)
    {
        if (parsed.GetValue(NodeOptions.Configuration) is { } named)
        {
            return Read(ReaderInput.OfProcess(named), parsed);
        }

        var found = context.Supervisors.Find(parsed.GetValue(CommonOptions.DataDirectory));
        if (!found.Live.IsEmpty)
        {
            var supervisor = SupervisorChoice
                .Choose(found, parsed.GetValue(CommonOptions.Group), all: false)[0]
                .Address;
            var group = parsed.GetValue(CommonOptions.Group) ?? supervisor.Groups[0];
            var index = supervisor.Groups.IndexOf(group);
            if (index < supervisor.ConfigurationFiles.Length)
            {
                return Read(
                    ReaderInput.OfProcess(supervisor.ConfigurationFiles[index]) with
                    {
                        WorkingDirectory = supervisor.WorkingDirectory,
                    },
                    parsed
                );
            }
        }

        return File.Exists(UsualFile)
            ? Read(ReaderInput.OfProcess(UsualFile), parsed)
            : throw new CommandFailure(
                ExitCode.Usage,
                "it stays open which group is meant",
                $"no supervisor is running here, and there is no {UsualFile} in this folder",
                "name the group's configuration with --config FILE"
            );
    }

    private static ConfiguredGroup Read(ReaderInput input, ParseResult parsed)
    {
        // Whether executables are there is of no matter here.
        var read = ConfigurationReader.Read(
            input with
            {
                Dev = true,
                Flags = new() { DataDirectory = parsed.GetValue(CommonOptions.DataDirectory) },
            }
        );
        if (read.Configuration is not { } configuration)
        {
            throw new CommandFailure(
                ExitCode.ConfigurationInvalid,
                $"{input.File} is refused",
                read.Problems.First(problem => problem.Severity == ProblemSeverity.Error).ToString(),
                $"redbctl validate {input.File}"
            );
        }

        var group = configuration.InstanceGroup.GroupId;
        return parsed.GetValue(CommonOptions.Group) is { } wanted && wanted != group
            ? throw new CommandFailure(
                ExitCode.NotFound,
                $"{input.File} does not describe the group '{wanted}'",
                $"its group is {group}",
                "name the configuration of that group with --config FILE"
            )
            : new(configuration, input.WorkingDirectory);
    }
}
