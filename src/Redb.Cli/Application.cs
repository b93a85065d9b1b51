using System.CommandLine;
using Redb.Abstractions.Hosts;
using Redb.Abstractions.Security;
using Redb.Cli.Clients;
using Redb.Cli.Commands;
using Redb.Cli.Commands.Keyrings;
using Redb.Cli.Rendering;
using Redb.Keyring;
using Redb.Security;

namespace Redb.Cli;

/// <summary>The tool: reads the command line, runs the verb, and turns whatever happens into an exit code.</summary>
internal sealed class Application(CommandContext context)
{
    /// <summary>Runs one command line.</summary>
    public async Task<ExitCode> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            var code = await InvokeAsync(arguments, cancellationToken);
            await context.Terminal.Output.FlushAsync(CancellationToken.None);
            return code;
        }
        catch (CommandFailure failure)
        {
            await context.Terminal.Output.FlushAsync(CancellationToken.None);
            failure.WriteTo(context.Terminal.Error);
            return failure.Code;
        }
        catch (CredentialFailure failure)
        {
            new CommandFailure(ExitCode.Failed, failure.Message, failure.Cause, failure.Next).WriteTo(
                context.Terminal.Error
            );
            return ExitCode.Failed;
        }
        catch (AccessRefusedException refusal)
        {
            Refusal.Describe(refusal).WriteTo(context.Terminal.Error);
            return ExitCode.PermissionDenied;
        }
        catch (KeyringException refusal)
        {
            KeyringFailure.Of(refusal).WriteTo(context.Terminal.Error);
            return KeyringFailure.CodeOf(refusal.Fault);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException error) when (StandardStreams.IsBrokenPipe(error))
        {
            // The reader has seen enough, which is no failure.
            return ExitCode.Done;
        }
        catch (Exception error)
            when (error is TimeoutException or HostUnreachableException or Orleans.Runtime.OrleansException)
        {
            Lost(error).WriteTo(context.Terminal.Error);
            return ExitCode.Unavailable;
        }
        catch (Exception error)
        {
            // The top of the tool: whoever typed a command is not to be met with a stack.
            UnexpectedFailure.Write(context.Terminal.Error, error, context.IsDebugged);
            return ExitCode.Failed;
        }
    }

    /// <summary>The command line's grammar.</summary>
    public RootCommand CreateRoot()
    {
        var root = new RootCommand("Controls the reDB supervisor of this machine.")
        {
            CommonOptions.DataDirectory,
            CommonOptions.Context,
            CommonOptions.Group,
            CommonOptions.Host,
            CommonOptions.Output,
            CommonOptions.NoColour,
            new StatusCommand(context).Create(),
            new WhyCommand(context).Create(),
            new StartCommand(context).Create(),
            new StopCommand(context).Create(),
            new RestartCommand(context).Create(),
            new RetryCommand(context).Create(),
            new SupervisorCommand(context).Create(),
            new HostsCommand(context).Create(),
            new CordonCommand(context).Create(),
            new CordonCommand(context).CreateOpposite(),
            new DrainCommand(context).Create(),
            new MeshCommand(context).Create(),
            new WaitCommand(context).Create(),
            new LogsCommand(context).Create(),
            new EventsCommand(context).Create(),
            new TenantsCommand(context).Create(),
            new DatabaseCommand(context).Create(),
            new ValidateCommand(context).Create(),
            new KeyringCommand(context).Create(),
            new VersionCommand(context).Create(),
            new CompletionCommand(context).Create(),
            new CertsCommand(context).Create(),
            new ContextCommand(context).Create(),
        };
        root.HelpName = "redbctl";
        return root;
    }

    private async Task<ExitCode> InvokeAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var root = CreateRoot();
        var parsed = root.Parse(arguments);
        if (parsed.GetValue(CommonOptions.NoColour))
        {
            context.Terminal.Traits = context.Terminal.Traits with { IsColoured = false };
        }

        if (parsed.Action is System.CommandLine.Invocation.ParseErrorAction)
        {
            throw UsageFailure.Of(parsed);
        }

        var configuration = new InvocationConfiguration
        {
            Output = context.Terminal.Output,
            Error = context.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return (ExitCode)await parsed.InvokeAsync(configuration, cancellationToken);
    }

    private static CommandFailure Lost(Exception error) =>
        new(
            ExitCode.Unavailable,
            "the supervisor stopped answering",
            Printable.Line(error.Message),
            "redbctl status; if it stays so, the supervisor's log says why"
        );
}
