using Redb.Silo.Cluster;

namespace Redb.Silo.Tests.Cluster;

/// <summary>A process that says what would have become of it.</summary>
internal sealed class FakeProcess : ISupervisorProcess
{
    public List<string> Done { get; } = [];

    public string Replace()
    {
        Done.Add("replaced");
        return "no such file";
    }

    public void End(string words, Exception? cause) => Done.Add(words);
}
