using Redb.Abstractions.Configuration;

namespace Redb.Configuration.Rules;

/// <summary>Finds circles of dependencies among enabled services, each once, by walking depth first in the order of the file.</summary>
internal sealed class CycleSearch(Dictionary<string, ServiceConfiguration> services)
{
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly List<string> _path = [];
    private readonly List<IReadOnlyList<string>> _cycles = [];

    /// <summary>The cycles, each as its names with the first repeated at the end.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Find()
    {
        foreach (var service in services.Values.Where(static service => service.Enabled))
        {
            Visit(service);
        }

        return _cycles;
    }

    // As deep as there are services, which the reader bounds.
    private void Visit(ServiceConfiguration service)
    {
        if (_done.Contains(service.Name))
        {
            return;
        }

        _path.Add(service.Name);
        foreach (var name in service.Dependencies.Select(static edge => edge.Service).Distinct(StringComparer.Ordinal))
        {
            var start = _path.IndexOf(name);
            if (start >= 0)
            {
                _cycles.Add([.. _path.Skip(start), name]);
            }
            else if (services.TryGetValue(name, out var next) && next.Enabled)
            {
                Visit(next);
            }
        }

        _path.RemoveAt(_path.Count - 1);
        _done.Add(service.Name);
    }
}
