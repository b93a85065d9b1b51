using System.IO.Pipes;

namespace Redb.Silo.Tests.Processes;

/// <summary>A descriptor of this process without close-on-exec, as a native library might leave one.</summary>
internal sealed class InheritableDescriptor : IDisposable
{
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.Out, HandleInheritability.Inheritable);

    public void Dispose() => _pipe.Dispose();
}
