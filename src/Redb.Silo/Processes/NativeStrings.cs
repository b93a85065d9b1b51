using System.Runtime.InteropServices;
using System.Text;

namespace Redb.Silo.Processes;

/// <summary>A null-terminated array of C strings in one native block, for argv and envp.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte** _block;

    public NativeStrings(params IReadOnlyList<string> values)
    {
        var table = (nuint)(values.Count + 1) * (nuint)sizeof(byte*);
        var length = values.Sum(value => Encoding.UTF8.GetByteCount(value) + 1);
        _block = (byte**)NativeMemory.Alloc(table + (nuint)length);
        var text = new Span<byte>((byte*)_block + table, length);
        var at = (byte*)_block + table;
        for (var i = 0; i < values.Count; i++)
        {
            _block[i] = at;
            var written = Encoding.UTF8.GetBytes(values[i], text);
            text[written] = 0;
            text = text[(written + 1)..];
            at += written + 1;
        }

        _block[values.Count] = null;
    }

    public byte** Pointer => _block;

    public byte* this[int index] => _block[index];

    public void Dispose()
    {
        NativeMemory.Free(_block);
        _block = null;
    }
}
