using System.Collections.Immutable;
using System.IO.Enumeration;
using Redb.Abstractions.Instances;

namespace Redb.Cli.Clients;

/// <summary>Turns what was typed (<c>SERVICE</c>, <c>GROUP</c>, <c>group/SERVICE</c>, globs) into services.</summary>
internal static class Addressing
{
    /// <summary>Resolves names against the groups in scope; no names mean everything.</summary>
    /// <exception cref="CommandFailure">A name is unknown, or means services of several groups.</exception>
    public static ImmutableArray<Target> Resolve(IReadOnlyList<string> names, ImmutableArray<GroupView> views)
    {
        if (names.Count == 0)
        {
            return [.. views.Select(Whole)];
        }

        var found = new Dictionary<GroupKey, Selection>();
        foreach (var name in names)
        {
            foreach (var (view, service) in Match(name, views))
            {
                var key = KeyOf(view);
                found.TryAdd(key, new(view));
                found[key].Add(service);
            }
        }

        return [.. found.Values.Select(selection => selection.ToTarget())];
    }

    /// <summary>The key of a view's group.</summary>
    public static GroupKey KeyOf(GroupView view) => new(view.Host, view.Group);

    private static Target Whole(GroupView view) =>
        new(KeyOf(view), [.. view.Services.Select(service => service.Name)], IsWhole: true);

    // A null service stands for the whole group.
    private static List<(GroupView View, string? Service)> Match(string name, ImmutableArray<GroupView> views)
    {
        var parts = name.Split('/', 2);
        var (groupPattern, servicePattern) = parts is [var group, var service] ? (group, service) : (null, name);
        var inGroups = views.Where(view => groupPattern is null || Fits(groupPattern, view.Group)).ToList();
        var matches = inGroups
            .SelectMany(view => view.Services.Select(service => (View: view, Service: (string?)service.Name)))
            .Where(pair => Fits(servicePattern, pair.Service!))
            .ToList();
        if (matches.Count == 0 && groupPattern is null)
        {
            matches = [.. views.Where(view => Fits(name, view.Group)).Select(view => (view, (string?)null))];
        }

        if (matches.Count == 0)
        {
            throw Unknown(name, views);
        }

        return matches.Count > 1 && !IsGlob(name) ? throw Ambiguous(name, matches) : matches;
    }

    private static bool IsGlob(string pattern) => pattern.AsSpan().ContainsAny('*', '?');

    private static bool Fits(string pattern, string name) =>
        IsGlob(pattern)
            ? FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)
            : string.Equals(pattern, name, StringComparison.Ordinal);

    private static CommandFailure Unknown(string name, ImmutableArray<GroupView> views)
    {
        var services = views
            .SelectMany(view => view.Services.Select(service => service.Name))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var groups = views.Select(view => view.Group).Distinct(StringComparer.Ordinal).ToList();
        var last = name[(name.LastIndexOf('/') + 1)..];
        var near = NearNames.Suggest(last, services.Concat(groups));
        return new(
            ExitCode.NotFound,
            $"no service or group '{name}'",
            $"the services of {string.Join(", ", groups)} are {string.Join(", ", services)}",
            near is null ? "redbctl status" : $"did you mean {near}?"
        );
    }

    private static CommandFailure Ambiguous(string name, List<(GroupView View, string? Service)> matches) =>
        new(
            ExitCode.Usage,
            $"'{name}' is in several groups",
            string.Join(
                ", ",
                matches.Select(match =>
                    match.Service is null
                        ? $"{match.View.Host}/{match.View.Group}"
                        : $"{match.View.Group}/{match.Service}"
                )
            ),
            "write group/SERVICE, or choose a group with -g"
        );

    /// <summary>Collects what several names meant in one group.</summary>
    private sealed class Selection(GroupView view)
    {
        private readonly HashSet<string> _services = new(StringComparer.Ordinal);
        private bool _whole;

        public void Add(string? service)
        {
            _whole |= service is null;
            if (service is not null)
            {
                _services.Add(service);
            }
        }

        public Target ToTarget() =>
            _whole
                ? Whole(view)
                : new(
                    KeyOf(view),
                    [.. view.Services.Select(service => service.Name).Where(_services.Contains)],
                    IsWhole: false
                );
    }
}
