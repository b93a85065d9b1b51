using System.CommandLine;

namespace Redb.Silo.Hosting;

/// <summary>The command line of <c>redb-supervisor</c>.</summary>
internal static class SupervisorCommand
{
    public static RootCommand Create(Func<SupervisorOptions, CancellationToken, Task<int>> run)
    {
        var config = new Option<string[]>("--config", "-c")
        {
            Description = "Configuration file; given again for each further instance group of this host.",
            DefaultValueFactory = _ => ["config.yaml"],
            HelpName = "FILE",
        };
        var port = new Option<int?>("--port")
        {
            Description = "Base gRPC port in place of supervisor.port; the group's port_offset is added.",
            HelpName = "N",
        };
        var data = new Option<string?>("--data-dir")
        {
            Description = "Folder of the supervisor's own files in place of supervisor.data_dir.",
            HelpName = "DIR",
        };
        var dev = new Option<bool>("--dev")
        {
            Description = "Development: services whose executable is missing are played by redb-standin.",
        };
        var leave = new Option<bool>("--leave-running")
        {
            Description =
                "On SIGTERM, SIGINT or SIGHUP end alone: the services run on, and the next supervisor takes them over.",
        };
        var validate = new Option<bool>("--validate")
        {
            Description = "Check the configuration, print every problem, start nothing.",
        };
        var root = new RootCommand("Supervises reDB instance groups on this host.")
        {
            config,
            port,
            data,
            dev,
            leave,
            validate,
        };
        var initialization = InitializationFlags.AddTo(root);
        root.SetAction(
            (parsed, cancellationToken) =>
                run(
                    new(
                        [.. parsed.GetRequiredValue(config)],
                        parsed.GetValue(port),
                        parsed.GetValue(data),
                        parsed.GetValue(dev),
                        parsed.GetValue(leave),
                        parsed.GetValue(validate),
                        initialization.Read(parsed)
                    ),
                    cancellationToken
                )
        );
        return root;
    }
}
