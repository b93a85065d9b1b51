using Redb.Grains.Mesh;

namespace Redb.Grains.Tests.Mesh;

/// <summary>Keeps the mesh's record from answering for as long as a test wants.</summary>
internal sealed class MuteMesh : IIncomingGrainCallFilter
{
    /// <summary>Whether it is mute.</summary>
    public bool IsMute { get; set; }

    public Task Invoke(IIncomingGrainCallContext context) =>
        IsMute && context.InterfaceMethod.DeclaringType == typeof(IMeshMembers)
            ? throw new TimeoutException("the mesh is mute")
            : context.Invoke();
}
