using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Redb.Silo.Processes;

/// <summary>Waits for many descriptors at once; each is known by a number of the caller's.</summary>
internal sealed unsafe class Epoll : IDisposable
{
    private const int Add = 1;
    private const int Remove = 2;
    private const uint Readable = 1;
    private const int EntriesAtOnce = 64;

    // struct epoll_event is packed on x86 and x64 only.
    private static readonly int EntrySize = RuntimeInformation.ProcessArchitecture
        is Architecture.X64
            or Architecture.X86
        ? 12
        : 16;

    private static readonly int TokenOffset = EntrySize - sizeof(long);

    private readonly SafeFileHandle _epoll = Owned(Libc.EpollCreate(Libc.CloseOnExec));
    private readonly byte[] _entries = new byte[EntriesAtOnce * EntrySize];

    /// <summary>Takes ownership of a descriptor that a system call returned.</summary>
    /// <exception cref="Win32Exception">The call failed.</exception>
    public static SafeFileHandle Owned(int descriptor) =>
        descriptor >= 0 ? new(descriptor, ownsHandle: true) : throw new Win32Exception();

    /// <summary>From now on <see cref="Wait"/> returns <paramref name="token"/> while the descriptor is readable.</summary>
    public void Watch(SafeFileHandle descriptor, long token)
    {
        var entry = stackalloc byte[EntrySize];
        BinaryPrimitives.WriteUInt32LittleEndian(new Span<byte>(entry, sizeof(uint)), Readable);
        BinaryPrimitives.WriteInt64LittleEndian(new Span<byte>(entry + TokenOffset, sizeof(long)), token);
        if (Libc.EpollControl(_epoll, Add, descriptor, entry) != 0)
        {
            throw new Win32Exception();
        }
    }

    /// <summary>Forgets a descriptor; needed although it is closed later, for a copy of it may live on in a child being born.</summary>
    public void Forget(SafeFileHandle descriptor)
    {
        var entry = stackalloc byte[EntrySize];
        _ = Libc.EpollControl(_epoll, Remove, descriptor, entry);
    }

    /// <summary>Blocks until something is readable or the time is over; for one thread only.</summary>
    /// <param name="tokens">Receives the numbers of what is readable, as many as fit.</param>
    /// <param name="milliseconds">Longest wait; -1 for no end.</param>
    /// <returns>How many were received.</returns>
    public int Wait(Span<long> tokens, int milliseconds)
    {
        int count;
        fixed (byte* entries = _entries)
        {
            count = Libc.EpollWait(_epoll, entries, Math.Min(tokens.Length, EntriesAtOnce), milliseconds);
        }

        if (count < 0)
        {
            return Marshal.GetLastPInvokeError() == Errno.Interrupted ? 0 : throw new Win32Exception();
        }

        for (var i = 0; i < count; i++)
        {
            tokens[i] = BinaryPrimitives.ReadInt64LittleEndian(_entries.AsSpan((i * EntrySize) + TokenOffset));
        }

        return count;
    }

    public void Dispose() => _epoll.Dispose();
}
