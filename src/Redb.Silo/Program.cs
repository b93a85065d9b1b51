using System.CommandLine;
using System.CommandLine.Invocation;
using Redb.Silo.Hosting;
using Redb.Silo.Processes;

CoreFiles.Forbid();
using var stop = new StopRequests();
var line = SupervisorCommand.Create((options, _) => SupervisorRun.RunAsync(options, stop)).Parse(args);

// Signals are ours from the first moment on; the parser's own handling would end a stop after two seconds.
var code = await line.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return line.Action is ParseErrorAction ? RedbExitCode.Usage : code;
