using System.Globalization;
using Redb.Keyring;
using Redb.Keyring.Files;
using Redb.KeyringWriter;

// FILE WRITER FIRST: writes one number after the other into a keyring until somebody kills it. What is about to be written is
// said before, and said again once the keyring has it.
var options = new KeyringFileOptions { LockTimeout = TimeSpan.FromMinutes(1) };
var password = new Secret(Environment.GetEnvironmentVariable(WrittenSlots.PasswordVariable)!);
var keyring = new KeyringFile(args[0], password, options, TimeProvider.System);
var service = WrittenSlots.ServiceOf(args[1]);
for (var number = long.Parse(args[2], CultureInfo.InvariantCulture); ; number++)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"want {number}"));
    var names = WrittenSlots.UsersOf(WrittenSlots.Of(number)).Select(user => new EntryName(service, user)).ToList();
    if (WrittenSlots.ValueOf(number) is { } value)
    {
        await keyring.SetAsync([.. names.Select(name => new KeyringEntry(name, new(value)))], CancellationToken.None);
    }
    else
    {
        await keyring.DeleteAsync(names, CancellationToken.None);
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"done {number}"));

    // The lock has no queue: who lets go and takes it again at once can keep the others out for as long as it likes.
    await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
}
