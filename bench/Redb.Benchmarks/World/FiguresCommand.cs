using System.CommandLine;
using System.Text.Json;

namespace Redb.Benchmarks.World;

/// <summary>A command that measures, and writes its figures where the table of all benchmarks is made.</summary>
internal sealed class FiguresCommand(string name, string description) : Command(name, description)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>An option that names a program, and has to.</summary>
    public Option<string> Program(string name, string description) =>
        With(new Option<string>(name) { Description = description, Required = true });

    /// <summary>An option that is a number.</summary>
    public Option<int> Number(string name, string description, int standard) =>
        With(new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard });

    /// <summary>An option that names a folder.</summary>
    public Option<string> Folder(string name, string description, string standard) =>
        With(new Option<string>(name) { Description = description, DefaultValueFactory = _ => standard });

    /// <summary>Says what is measured. The figures are written as JSON; to the standard output when no file is named.</summary>
    public FiguresCommand Measures<T>(Func<ParseResult, Task<T>> measure)
    {
        var json = With(new Option<string?>("--json") { Description = "File for the figures." });
        SetAction(async (parsed, _) => await WriteAsync(await measure(parsed), parsed.GetValue(json)));
        return this;
    }

    private static async Task WriteAsync<T>(T figures, string? file)
    {
        var text = JsonSerializer.Serialize(figures, Json);
        if (file is null)
        {
            Console.WriteLine(text);
        }
        else
        {
            await File.WriteAllTextAsync(file, text);
        }
    }

    private TOption With<TOption>(TOption option)
        where TOption : Option
    {
        Options.Add(option);
        return option;
    }
}
