using Redb.StandIn;
using Redb.StandIn.Arguments;
using Redb.StandIn.Faults;
using Redb.StandIn.Roles;

const int Usage = 2;

if (args is [LingeringChild.Argument])
{
    await LingeringChild.LingerAsync();
    return 0;
}

var commandLine = new StandInCommandLine();
var command = commandLine.Create();
var executable = ExecutableName.Read();
command.SetAction(parsed => StandInHost.RunAsync(commandLine.Read(parsed, executable), TimeProvider.System));

var parsed = command.Parse(StandInCommandLine.WithTwoDashes(args));
var problem = parsed.Errors.Count > 0 ? parsed.Errors[0].Message : commandLine.Problem(parsed, executable);
if (problem is not null && parsed.Action is not System.CommandLine.Help.HelpAction)
{
    await Console.Error.WriteLineAsync(problem);
    return Usage;
}

// Signals belong to the service, which may have to ignore them.
return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null });
