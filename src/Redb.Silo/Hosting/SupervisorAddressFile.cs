using System.Text.Json;
using Redb.Abstractions.Supervision;

namespace Redb.Silo.Hosting;

/// <summary>Writes <see cref="SupervisorAddress"/> into the data folders, and takes it away again.</summary>
internal sealed class SupervisorAddressFile(IReadOnlyList<string> folders) : IDisposable
{
    public void Write(SupervisorAddress address)
    {
        foreach (var folder in folders)
        {
            // In one step, so that a tool never reads half an address.
            var file = Path.Combine(folder, SupervisorAddress.FileName);
            var fresh = file + ".new";
            File.Delete(fresh);
            using (
                var stream = new FileStream(
                    fresh,
                    new FileStreamOptions
                    {
                        Mode = FileMode.CreateNew,
                        Access = FileAccess.Write,
                        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    }
                )
            )
            {
                JsonSerializer.Serialize(stream, address, AddressJsonContext.Default.SupervisorAddress);
            }

            File.Move(fresh, file, overwrite: true);
        }
    }

    public void Dispose()
    {
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
