using System.Text;

namespace Redb.Cli.Tests.Fakes;

/// <summary>Standard output whose reader has gone.</summary>
internal sealed class BrokenPipeWriter : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => throw new IOException("Broken pipe", hresult: 32);
}
