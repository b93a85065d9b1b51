using System.Text.Json;
using Redb.Abstractions.Supervision;

namespace Redb.Silo.Hosting;

/// <summary>Writes <see cref="SupervisorAddress"/> into the data folders, and takes it away again.</summary>
/// <remarks>After a restart in place the same process is there again in a moment: the file stays, and tools find out that they have to wait.</remarks>
internal sealed class SupervisorAddressFile(IReadOnlyList<string> folders, StopRequests stop) : IDisposable
{
    public void Write(SupervisorAddress address)
    {
        foreach (var folder in folders)
        {
            WholeFile.Replace(
                Path.Combine(folder, SupervisorAddress.FileName),
                stream => JsonSerializer.Serialize(stream, address, AddressJsonContext.Default.SupervisorAddress)
            );
        }
    }

    public void Dispose()
    {
        if (stop.Ending == Ending.Restart)
        {
            return;
        }

        foreach (var folder in folders)
        {
            try
            {
                File.Delete(Path.Combine(folder, SupervisorAddress.FileName));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // A disk that can only be read: the address stays, and tools find that nobody answers there.
            }
        }
    }
}
