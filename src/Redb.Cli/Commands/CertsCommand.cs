using System.CommandLine;
using System.Net;
using Redb.Abstractions.Security;
using Redb.Cli.Contexts;
using Redb.Cli.Rendering;
using Redb.Security.Certificates;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl certs init|issue|rotate|revoke|show</c>: the certificates of a cluster of several hosts. Needs no supervisor.</summary>
internal sealed class CertsCommand(CommandContext context)
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private readonly Option<string?> _folder = new("--dir")
    {
        Description = "Folder of the authority [default: ~/.config/redb/certs]",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<string> _cluster = new("--cluster")
    {
        Description = "Name of the cluster, for people [default: redb]",
        HelpName = "NAME",
        DefaultValueFactory = _ => "redb",
    };

    private readonly Option<int> _authorityDays = Days(3650);
    private readonly Option<int> _days = Days(365);

    private readonly Option<string[]> _addresses = new("--address")
    {
        Description = "Address of the host; with any, its certificate is believed at no other",
        HelpName = "ADDRESS",
    };

    private readonly Option<string[]> _names = new("--dns") { Description = "DNS name of the host", HelpName = "NAME" };

    private readonly Option<string> _role = new Option<string>("--role")
    {
        Description = "What the tool may do: viewer reads, operator starts and stops services, admin does everything",
        HelpName = "ROLE",
        Required = true,
    }.AcceptOnlyFromAmong("viewer", "operator", "admin");

    private readonly Option<bool> _finish = new("--finish")
    {
        Description = "Drop the old authorities, once everything is signed by the new one",
    };

    private readonly Argument<string> _name = Name();

    /// <summary>The verb with those below it.</summary>
    public Command Create() =>
        new("certs", "Make and renew the certificates of a cluster")
        {
            _folder,
            Verb("init", "Make an authority", Initialize, _cluster, _authorityDays),
            CreateIssue(),
            CreateRotate(),
            new Command("revoke", "Put a certificate on the deny list")
            {
                Verb("host", "Revoke a host's", parsed => Revoke(parsed, IdentityKind.Host), _name),
                Verb("tool", "Revoke a tool's", parsed => Revoke(parsed, IdentityKind.Tool), _name),
            },
            Verb("show", "List the certificates, and until when they are valid", Show),
        };

    private Command CreateIssue() =>
        new("issue", "Make a certificate")
        {
            Verb(
                "host",
                "Make one for a host",
                parsed => Issue(parsed, new(IdentityKind.Host, NameOf(parsed), CallerRole.Admin)),
                _name,
                _addresses,
                _names,
                _days
            ),
            Verb(
                "tool",
                "Make one for a tool: redbctl of a person, or a program",
                parsed => Issue(parsed, new(IdentityKind.Tool, NameOf(parsed), RoleOf(parsed))),
                _name,
                _role,
                _days
            ),
        };

    private Command CreateRotate() =>
        new("rotate", "Replace a certificate or the authority, without downtime")
        {
            Verb("host", "Replace a host's", parsed => Rotate(parsed, IdentityKind.Host), _name),
            Verb("tool", "Replace a tool's", parsed => Rotate(parsed, IdentityKind.Tool), _name),
            Verb(
                "ca",
                "Make a new authority; the old one is believed until --finish",
                RotateAuthority,
                _finish,
                _cluster,
                _authorityDays
            ),
        };

    private static Command Verb(string name, string description, Action<ParseResult> run, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
            else
            {
                command.Options.Add((Option)symbol);
            }
        }

        command.SetAction(parsed =>
        {
            try
            {
                run(parsed);
                return (int)ExitCode.Done;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailure(
                    error is IOException ? ExitCode.Failed : ExitCode.PermissionDenied,
                    "the certificates cannot be written or read",
                    error.Message,
                    "see that the folder is yours and its disk not full, or name another with --dir"
                );
            }
        });
        return command;
    }

    private static Argument<string> Name()
    {
        var argument = new Argument<string>("NAME") { Description = "Name of the host or tool" };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && !CertificateIdentity.IsName(name))
            {
                result.AddError(
                    $"'{name}' is no name: 1 to {CertificateIdentity.MaxNameLength} letters, digits, '.', '-' and '_', beginning with a letter or digit."
                );
            }
        });
        return argument;
    }

    private static Option<int> Days(int standard)
    {
        var option = new Option<int>("--days")
        {
            Description = $"How long it is valid [default: {standard}]",
            HelpName = "DAYS",
            DefaultValueFactory = _ => standard,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, out var days) || days is < 1 or > 36500))
            {
                result.AddError($"'{text}' is no number of days from 1 to 36500.");
            }
        });
        return option;
    }

    private CertificateFolder Folder(ParseResult parsed) =>
        new(
            Path.GetFullPath(parsed.GetValue(_folder) ?? Path.Combine(ContextFile.FolderOf(context.Variable), "certs")),
            context.Time
        );

    private string NameOf(ParseResult parsed) => parsed.GetRequiredValue(_name);

    private CallerRole RoleOf(ParseResult parsed) => Enum.Parse<CallerRole>(parsed.GetRequiredValue(_role), true);

    private void Initialize(ParseResult parsed)
    {
        var folder = Folder(parsed);
        folder.Initialize(parsed.GetRequiredValue(_cluster), s_day * parsed.GetValue(_authorityDays));
        Say(
            $"made an authority in {Path.GetDirectoryName(folder.Bundle)}; ca.key stays there, and whoever has it is the cluster"
        );
        Say("next: redbctl certs issue host NAME, once for each host");
    }

    private void Issue(ParseResult parsed, CertificateIdentity identity)
    {
        var isHost = identity.Kind == IdentityKind.Host;
        var addresses = (isHost ? parsed.GetValue(_addresses) : null) ?? [];
        var wrong = addresses.FirstOrDefault(text => !IPAddress.TryParse(text, out _));
        if (wrong is not null)
        {
            throw new CommandFailure(
                ExitCode.Usage,
                $"'{wrong}' is no address",
                "a host's addresses are written in numbers",
                "use --dns for names"
            );
        }

        var folder = Folder(parsed);
        var file = folder.Issue(
            new(
                identity,
                [.. (isHost ? parsed.GetValue(_names) : null) ?? []],
                [.. addresses.Select(IPAddress.Parse)],
                s_day * parsed.GetValue(_days)
            )
        );
        Say($"made {file} for {identity.Describe()}; its key lies beside it");
        Advise(folder, file, identity);
    }

    // What a person does next, ready to be copied.
    private void Advise(CertificateFolder folder, string file, CertificateIdentity identity)
    {
        var key = Path.ChangeExtension(file, ".key");
        if (identity.Kind == IdentityKind.Host)
        {
            Say(
                $"copy {folder.Bundle}, {file} and {key} to the host (key: mode 0600), and name them in its configuration:"
            );
            context.Terminal.Output.WriteLine(
                $"cluster:\n  host_name: {identity.Name}\n  tls:\n    ca: ca.crt\n    certificate: {identity.Name}.crt\n    key: {identity.Name}.key"
            );
        }
        else
        {
            Say($"copy {folder.Bundle}, {file} and {key} to whom it is for (key: mode 0600), who then says:");
            context.Terminal.Output.WriteLine(
                $"redbctl context add NAME --gateway ADDRESS:PORT --ca ca.crt --certificate {identity.Name}.crt --key {identity.Name}.key"
            );
        }
    }

    private void Rotate(ParseResult parsed, IdentityKind kind) =>
        Say(
            $"made {Folder(parsed).Rotate(kind, NameOf(parsed))} and its key anew; copy both over the old ones: they are read again by themselves"
        );

    private void RotateAuthority(ParseResult parsed)
    {
        var folder = Folder(parsed);
        if (parsed.GetValue(_finish))
        {
            Say($"dropped {folder.FinishRotation()} old from {folder.Bundle}; copy it to every host and tool");
            return;
        }

        folder.RotateAuthority(parsed.GetRequiredValue(_cluster), s_day * parsed.GetValue(_authorityDays));
        Say($"made a new authority; {folder.Bundle} holds it and the old one");
        Say("next: copy ca.crt to every host and tool; then redbctl certs rotate host|tool NAME for each;");
        Say("      then redbctl certs rotate ca --finish, and copy ca.crt once more");
    }

    private void Revoke(ParseResult parsed, IdentityKind kind)
    {
        var folder = Folder(parsed);
        var serial = folder.Revoke(kind, NameOf(parsed));
        Say(
            $"revoked {serial}; copy {DenyList.BesideOf(folder.Bundle)} beside the ca.crt of every host: it counts at once"
        );
    }

    private void Show(ParseResult parsed)
    {
        var folder = Folder(parsed);
        var files = folder.List();
        if (files.IsEmpty)
        {
            throw new CommandFailure(
                ExitCode.NotFound,
                "there are no certificates",
                $"{folder.Bundle} does not exist",
                "redbctl certs init makes an authority"
            );
        }

        CertificateList.Write(context.Terminal, CommonOptions.FormatOf(parsed), files, context.Time.GetUtcNow());
    }

    private void Say(string text) => context.Terminal.Error.WriteLine(text);
}
