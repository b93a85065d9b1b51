using System.Text;

namespace Redb.Hosting.Service.Tests.Doubles;

/// <summary>Standard output whose lines a test can await.</summary>
internal sealed class RecordedConsole : TextWriter
{
    public Recorder<string> Lines { get; } = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value) => Lines.Add(value ?? "");

    public Task<string> SaysAsync(string text) => Lines.NextAsync(l => l.Contains(text, StringComparison.Ordinal));
}
