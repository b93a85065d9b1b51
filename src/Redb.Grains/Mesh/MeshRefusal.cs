namespace Redb.Grains.Mesh;

/// <summary>A group that was refused, and why.</summary>
/// <param name="Reason">Names both holders.</param>
/// <param name="ExpiresAt">When it is forgotten unless the group tries again, on the monotonic clock.</param>
internal sealed record MeshRefusal(string Reason, TimeSpan ExpiresAt);
