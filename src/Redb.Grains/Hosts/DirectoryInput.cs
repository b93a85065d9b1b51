using System.Collections.Immutable;

namespace Redb.Grains.Hosts;

/// <summary>Something a directory hears.</summary>
internal abstract record DirectoryInput
{
    private DirectoryInput() { }

    /// <summary>A silo gives a sign of life.</summary>
    public sealed record Reported(HostReport Report) : DirectoryInput;

    /// <summary>Who is in the cluster, and who was.</summary>
    public sealed record MembersChanged(ImmutableArray<DirectoryMember> Members) : DirectoryInput;

    /// <summary>What an earlier supervisor knew.</summary>
    public sealed record Remembered(ImmutableArray<HostRecord> Records) : DirectoryInput;

    /// <summary>This process heard nobody for a while because it did not run itself.</summary>
    public sealed record Slept(TimeSpan Time) : DirectoryInput;

    /// <summary>Somebody wants what is not there any more of a host to be forgotten.</summary>
    public sealed record ForgetRequested(string Host) : DirectoryInput;
}
