using Redb.Abstractions.Services;
using Redb.Abstractions.Supervision;
using Redb.Cli.Operations;

namespace Redb.Cli.Rendering;

/// <summary>Writes an explanation for people: each service below who needs it, with the last that went wrong at the roots.</summary>
/// <param name="writer">Standard output.</param>
/// <param name="now">The present.</param>
internal sealed class WhyWriter(TextWriter writer, DateTimeOffset now)
{
    /// <summary>Writes one service.</summary>
    /// <param name="link">The service.</param>
    /// <param name="happened">The last thing that went wrong with it; null when nothing is kept.</param>
    public void Write(Link link, SupervisorEvent? happened)
    {
        var indent = new string(' ', link.Depth * 2);
        var service = link.Service;
        var since = service.Since == default ? "" : $" for {DurationText.Short(now - service.Since)}";
        var reason = StateWord.Explain(service, now) is { Length: > 0 } text ? $": {text}" : "";
        writer.WriteLine($"{indent}{service.Name} is {StateWord.Of(service.Phase)}{since}{reason}");
        if (service.Phase is ServicePhase.BackingOff or ServicePhase.CrashLoop or ServicePhase.Failed)
        {
            writer.WriteLine($"{indent}  redbctl retry {service.Name} starts it at once");
        }

        if (happened is not null)
        {
            writer.WriteLine(
                $"{indent}  {DurationText.Short(now - happened.At)} ago: {Printable.Line(happened.Message)}"
            );
            foreach (var line in happened.Detail.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                writer.WriteLine($"{indent}    {Printable.Line(line)}");
            }
        }
        else if (link.IsRoot && !service.Phase.IsReady() && service.LastExit is { } exit)
        {
            writer.WriteLine(
                $"{indent}  {DurationText.Short(now - exit.At)} ago: its last run ended with {exit.Describe()}"
            );
        }
    }
}
