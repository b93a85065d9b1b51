using System.CommandLine;
using Redb.Abstractions.Configuration;
using Redb.Cli.Clients;
using Redb.Configuration;
using Redb.Keyring;

namespace Redb.Cli.Commands.Keyrings;

/// <summary>Finds the configuration that is meant, and opens the keyring of its group. No supervisor needs to run.</summary>
/// <param name="context">What is known of the world.</param>
internal sealed class KeyringAccess(CommandContext context)
{
    private const string UsualFile = "config.yaml";

    /// <summary>Opens the keyring that a command line means.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="adjust">Says more on what for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KeyringException">It cannot be opened.</exception>
    public async Task<(GroupKeyring Keyring, KeyringRequest Request)> OpenAsync(
        ParseResult parsed,
        Func<KeyringRequest, KeyringRequest> adjust,
        CancellationToken cancellationToken
    )
    {
        // Secrets are in this process from here on.
        ProcessCores.Forbid();
        var request = adjust(Find(parsed) with { IsDev = parsed.GetValue(KeyringOptions.IsDev) });
        return (await OpenAsync(request, cancellationToken), request);
    }

    /// <summary>Opens a keyring and says on standard error what was chosen.</summary>
    public async Task<GroupKeyring> OpenAsync(KeyringRequest request, CancellationToken cancellationToken)
    {
        var keyring = await new KeyringOpener(context.Time).OpenAsync(request, cancellationToken);
        foreach (var notice in keyring.Notices)
        {
            await context.Terminal.Error.WriteLineAsync(notice);
        }

        return keyring;
    }

    private KeyringRequest Find(ParseResult parsed)
    {
        if (parsed.GetValue(KeyringOptions.Configuration) is { } named)
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
                "it stays open whose keyring is meant",
                $"no supervisor is running here, and there is no {UsualFile} in this folder",
                "name the group's configuration with --config FILE"
            );
    }

    private static KeyringRequest Read(ReaderInput input, ParseResult parsed)
    {
        // Whether executables are there is of no matter for its secrets.
        var read = ConfigurationReader.Read(input with { Dev = true });
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
            : KeyringRequest.OfProcess(configuration) with
            {
                WorkingDirectory = input.WorkingDirectory,
            };
    }
}
