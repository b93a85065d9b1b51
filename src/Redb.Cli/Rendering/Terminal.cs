using Spectre.Console;

namespace Redb.Cli.Rendering;

/// <summary>The two streams of a command: data on one, everything else on the other.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="traits">What is known of them.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, TerminalTraits traits)
{
    private IAnsiConsole? _screen;
    private IAnsiConsole? _side;

    /// <summary>Standard output.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>What is known of the streams.</summary>
    public TerminalTraits Traits { get; set; } = traits;

    /// <summary>Standard output, with layout and colour.</summary>
    public IAnsiConsole Screen => _screen ??= Create(Output, Traits.IsOutputTerminal);

    /// <summary>Standard error, with layout and colour.</summary>
    public IAnsiConsole Side => _side ??= Create(Error, Traits.IsErrorTerminal);

    private IAnsiConsole Create(TextWriter writer, bool isTerminal)
    {
        var coloured = Traits.IsColoured && (isTerminal || Traits.IsColourForced);
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = isTerminal || coloured ? AnsiSupport.Yes : AnsiSupport.No,
                ColorSystem = coloured ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
                Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
                Out = new AnsiConsoleOutput(writer),
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            }
        );
        console.Profile.Width = Traits.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
