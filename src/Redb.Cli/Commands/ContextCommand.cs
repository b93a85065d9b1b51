using System.CommandLine;
using System.Net;
using Redb.Cli.Contexts;
using Redb.Security.Certificates;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl context list|use|add|remove</c>: the clusters that this tool knows.</summary>
internal sealed class ContextCommand(CommandContext context)
{
    private readonly Argument<string> _name = new("NAME") { Description = "Name of the context" };

    private readonly Argument<string?> _optionalName = new("NAME")
    {
        Description = "Name of the context; none for this machine",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _gateways = new("--gateway")
    {
        Description = "Where tools are let in: 10.0.0.1:30000; several for several hosts",
        HelpName = "ADDRESS:PORT",
        Required = true,
    };

    private readonly Option<string> _ca = FileOption("--ca", "File of the authorities");

    private readonly Option<string> _certificate = FileOption("--certificate", "File of the tool's certificate");

    private readonly Option<string> _key = FileOption("--key", "File of its private key");

    /// <summary>The verb with those below it.</summary>
    public Command Create()
    {
        var list = new Command("list", "List the contexts");
        list.SetAction(_ => List());
        var use = new Command("use", "Choose the context that holds where none is named") { _optionalName };
        use.SetAction(Use);
        var add = new Command("add", "Add a context, or replace it") { _name, _gateways, _ca, _certificate, _key };
        add.SetAction(Add);
        var remove = new Command("remove", "Remove a context; its files stay") { _name };
        remove.SetAction(Remove);
        return new("context", "Choose which cluster redbctl talks to") { list, use, add, remove };
    }

    private ContextFile File => ContextFile.Of(context.Variable);

    private static Option<string> FileOption(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "FILE",
            Required = true,
        };

    private int List()
    {
        var set = File.Read();
        foreach (var one in set.Contexts)
        {
            context.Terminal.Output.WriteLine(
                $"{(one.Name == set.Current ? '*' : ' ')} {one.Name}  {string.Join(", ", one.Gateways)}  {one.Certificate}"
            );
        }

        context.Terminal.Output.WriteLine($"{(set.Current is null ? '*' : ' ')} (this machine)");
        return (int)ExitCode.Done;
    }

    private int Use(ParseResult parsed)
    {
        var set = File.Read();
        var name = parsed.GetValue(_optionalName);
        File.Write(set with { Current = name is null ? null : set.Get(name).Name });
        return (int)ExitCode.Done;
    }

    private int Add(ParseResult parsed)
    {
        var gateways = parsed.GetValue(_gateways) ?? [];
        if (gateways.FirstOrDefault(text => !IPEndPoint.TryParse(text, out var parts) || parts.Port == 0) is { } wrong)
        {
            throw new CommandFailure(
                ExitCode.Usage,
                $"'{wrong}' is no gateway",
                "a gateway is an address in numbers and a port",
                "--gateway 10.0.0.1:30000"
            );
        }

        var set = File.Read();
        var name = parsed.GetRequiredValue(_name);
        var added = new ToolContext(
            name,
            [.. gateways],
            Path.GetFullPath(parsed.GetRequiredValue(_ca)),
            Path.GetFullPath(parsed.GetRequiredValue(_certificate)),
            Path.GetFullPath(parsed.GetRequiredValue(_key))
        );
        // Said now, and not at the first call.
        Credentials.Open(new(added.Ca, added.Certificate, added.Key), context.Time);
        File.Write(set with { Contexts = [.. set.Contexts.Where(one => one.Name != name), added] });
        context.Terminal.Error.WriteLine(
            $"added {name} to {File.Path}; redbctl context use {name} makes it the one that holds"
        );
        return (int)ExitCode.Done;
    }

    private int Remove(ParseResult parsed)
    {
        var set = File.Read();
        var gone = set.Get(parsed.GetRequiredValue(_name));
        File.Write(
            new(set.Current == gone.Name ? null : set.Current, [.. set.Contexts.Where(one => one.Name != gone.Name)])
        );
        return (int)ExitCode.Done;
    }
}
