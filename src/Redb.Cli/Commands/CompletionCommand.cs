using System.CommandLine;

namespace Redb.Cli.Commands;

/// <summary><c>redbctl completion</c>: a script for the shell that asks redbctl itself what fits.</summary>
internal sealed class CompletionCommand(CommandContext context)
{
    // The word after a colon or equals sign is the shell's business, hence the prefix filter by compgen.
    private const string Bash = """
        # redbctl completion for bash: source <(redbctl completion bash)
        _redbctl() {
            local current="${COMP_WORDS[COMP_CWORD]}"
            local words
            words="$(redbctl "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" || return
            mapfile -t COMPREPLY < <(compgen -W "${words}" -- "${current}")
        }
        complete -F _redbctl redbctl
        """;

    private const string Zsh = """
        #compdef redbctl
        # redbctl completion for zsh: source <(redbctl completion zsh)
        _redbctl() {
            local -a words_found
            words_found=("${(@f)$(redbctl "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -a words_found
        }
        compdef _redbctl redbctl
        """;

    private const string Fish = """
        # redbctl completion for fish: redbctl completion fish | source
        complete -c redbctl -f -a '(redbctl "[suggest:"(commandline -C)"]" (commandline -b) 2>/dev/null)'
        """;

    private readonly Argument<string> _shell = CreateShell();

    /// <summary>The verb.</summary>
    public Command Create()
    {
        var command = new Command("completion", "Print a completion script: source <(redbctl completion bash)")
        {
            _shell,
        };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        context.Terminal.Output.WriteLine(
            parsed.GetValue(_shell) switch
            {
                "zsh" => Zsh,
                "fish" => Fish,
                _ => Bash,
            }
        );
        return (int)ExitCode.Done;
    }

    private static Argument<string> CreateShell()
    {
        var argument = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        return argument.AcceptOnlyFromAmong("bash", "zsh", "fish");
    }
}
