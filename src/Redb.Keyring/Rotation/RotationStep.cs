using System.Collections.Immutable;

namespace Redb.Keyring.Rotation;

/// <summary>One thing that a rotation has done for good. Killed after any of them, it is finished by the next one.</summary>
public abstract record RotationStep
{
    private RotationStep() { }

    /// <summary>Both passwords stand beside the keyring, each sealed with the other.</summary>
    /// <param name="IsResumed">Whether that was so already: an earlier rotation was interrupted.</param>
    public sealed record Begun(bool IsResumed) : RotationStep;

    /// <summary>A file is sealed with the new password.</summary>
    /// <param name="File">The file.</param>
    /// <param name="Count">How many of its entries were sealed anew by this rotation.</param>
    /// <param name="Foreign">Entries that open with neither password and stay as they are.</param>
    public sealed record Resealed(string File, int Count, ImmutableArray<EntryName> Foreign) : RotationStep;

    /// <summary>The new password stands in the file of the generated one.</summary>
    /// <param name="File">The file.</param>
    public sealed record PasswordKept(string File) : RotationStep;

    /// <summary>The old password opens nothing any more.</summary>
    public sealed record Finished : RotationStep;
}
