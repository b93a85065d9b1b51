using System.Globalization;
using Redb.Abstractions.Instances;
using Redb.Abstractions.Supervision;

namespace Redb.Cli.Rendering;

/// <summary>Writes events for people, one a line, more detail indented below.</summary>
/// <param name="writer">Standard output.</param>
/// <param name="zone">Zone of the times.</param>
internal sealed class EventWriter(TextWriter writer, TimeZoneInfo zone)
{
    /// <summary>Writes one event.</summary>
    public void Write(GroupKey group, SupervisorEvent happened)
    {
        var at = TimeZoneInfo
            .ConvertTime(happened.At, zone)
            .ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var about = happened.Service.Length == 0 ? group.Group : $"{group.Group}/{happened.Service}";
        writer.WriteLine($"{at}  {happened.Kind, -12}  {about}: {Printable.Line(happened.Message)}");
        foreach (var line in happened.Detail.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            writer.WriteLine($"    {Printable.Line(line)}");
        }
    }
}
