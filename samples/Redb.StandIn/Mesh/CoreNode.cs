using Redb.Protocol.Core;

namespace Redb.StandIn.Mesh;

/// <summary>Whether this node is in a mesh, and in which. Safe across threads.</summary>
internal sealed class CoreNode
{
    private readonly Lock _lock = new();
    private NodeStatus _status = NodeStatus.Clean;
    private string? _mesh;

    public NodeStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _status;
            }
        }
    }

    /// <summary>The mesh it is in; null for none.</summary>
    public Protocol.Core.Mesh? Mesh()
    {
        lock (_lock)
        {
            return _mesh is { } name
                ? new()
                {
                    MeshId = "1",
                    MeshName = name,
                    AllowJoin = true,
                }
                : null;
        }
    }

    /// <summary>Begins a mesh, unless the node is in one.</summary>
    public bool TrySeed(string name)
    {
        lock (_lock)
        {
            if (_status == NodeStatus.Active && _mesh is not null)
            {
                return false;
            }

            (_status, _mesh) = (NodeStatus.Active, name);
            return true;
        }
    }

    /// <summary>Begins to join, which only a clean node may.</summary>
    public bool TryBeginJoin()
    {
        lock (_lock)
        {
            if (_status != NodeStatus.Clean && _mesh is not null)
            {
                return false;
            }

            _status = NodeStatus.Joining;
            return true;
        }
    }

    public void EndJoin(bool joined)
    {
        lock (_lock)
        {
            // The mesh's name would come with its data, which stand-ins do not carry.
            (_status, _mesh) = joined ? (NodeStatus.Active, "joined") : (NodeStatus.Clean, null);
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            (_status, _mesh) = (NodeStatus.Clean, null);
        }
    }
}
