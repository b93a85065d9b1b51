using System.Collections.Immutable;
using System.IO.Enumeration;
using Redb.Abstractions.Instances;

namespace Redb.Cli.Clients;

/// <summary>Turns what was typed (<c>SERVICE</c>, <c>GROUP</c>, <c>group/SERVICE</c>, <c>host/GROUP</c>, <c>host/SERVICE</c>, <c>host/group/SERVICE</c>, globs) into services.</summary>
internal static class Addressing
{
    /// <summary>Resolves names against the groups in scope; no names mean everything.</summary>
    /// <exception cref="CommandFailure">A name is unknown, or means services of several groups.</exception>
    public static ImmutableArray<Target> Resolve(IReadOnlyList<string> names, ImmutableArray<GroupView> views) =>
        Resolve(names, views, ImmutableHashSet<GroupKey>.Empty);

    /// <summary>Resolves names against a scope: one without a host means a group of this machine, where there is one.</summary>
    /// <exception cref="CommandFailure">A name is unknown, or means services of several groups.</exception>
    public static ImmutableArray<Target> Resolve(IReadOnlyList<string> names, Scope scope) =>
        Resolve(names, scope.Views, scope.PrefersHere ? scope.Here : []);

    /// <summary>The whole groups that names (<c>group</c>, <c>host/group</c>, globs) mean anywhere in the cluster; no names mean all.</summary>
    /// <exception cref="CommandFailure">A name means none.</exception>
    public static ImmutableArray<Target> ResolveGroups(IReadOnlyList<string> names, ImmutableArray<GroupView> views)
    {
        var found = names
            .SelectMany(name =>
            {
                var meant = (
                    name.Split('/') is [var host, var group] ? Groups(host, group, views) : Groups("*", name, views)
                ).ToList();
                return meant.Count > 0 ? meant : throw Unknown(name, views);
            })
            .Select(one => one.View);
        return [.. (names.Count == 0 ? views : found).DistinctBy(KeyOf).Select(Whole)];
    }

    private static ImmutableArray<Target> Resolve(
        IReadOnlyList<string> names,
        ImmutableArray<GroupView> views,
        IReadOnlySet<GroupKey> here
    )
    {
        if (names.Count == 0)
        {
            return [.. views.Select(Whole)];
        }

        var found = new Dictionary<GroupKey, Selection>();
        foreach (var name in names)
        {
            foreach (var (view, service) in Match(name, views, here))
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
    private static List<(GroupView View, string? Service)> Match(
        string name,
        ImmutableArray<GroupView> views,
        IReadOnlySet<GroupKey> here
    )
    {
        var near = here.Count == 0 ? views : [.. views.Where(view => here.Contains(KeyOf(view)))];
        var matches = name.Split('/') switch
        {
            [var only] => FirstOf(
                Services("*", "*", only, near),
                Groups("*", only, near),
                Services("*", "*", only, views),
                Groups("*", only, views)
            ),
            [var first, var second] => FirstOf(
                Services("*", first, second, near),
                Groups(first, second, views),
                Services("*", first, second, views),
                Services(first, "*", second, views)
            ),
            [var host, var group, var service] => FirstOf(Services(host, group, service, views)),
            _ => [],
        };
        if (matches.Count == 0)
        {
            throw Unknown(name, views);
        }

        return matches.Count > 1 && !IsGlob(name) ? throw Ambiguous(name, matches) : matches;
    }

    private static List<(GroupView View, string? Service)> FirstOf(
        params IEnumerable<IEnumerable<(GroupView View, string? Service)>> meanings
    ) => meanings.Select(meaning => meaning.ToList()).FirstOrDefault(found => found.Count > 0) ?? [];

    private static IEnumerable<(GroupView View, string? Service)> Groups(
        string host,
        string group,
        IEnumerable<GroupView> views
    ) => views.Where(view => Fits(host, view.Host) && Fits(group, view.Group)).Select(view => (view, (string?)null));

    private static IEnumerable<(GroupView View, string? Service)> Services(
        string host,
        string group,
        string service,
        IEnumerable<GroupView> views
    ) =>
        Groups(host, group, views)
            .SelectMany(one => one.View.Services.Select(each => (one.View, (string?)each.Name)))
            .Where(one => Fits(service, one.Item2!));

    private static bool IsGlob(string pattern) => pattern.AsSpan().ContainsAny('*', '?');

    private static bool Fits(string pattern, string name) =>
        IsGlob(pattern)
            ? FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)
            : string.Equals(pattern, name, StringComparison.Ordinal);

    private static CommandFailure Unknown(string name, ImmutableArray<GroupView> views)
    {
        var services = views.SelectMany(view => view.Services.Select(service => service.Name));
        var groups = views.Select(view => view.Group).Distinct(StringComparer.Ordinal);
        // With as many slashes: what is near a service of one place is never a service of another.
        var alike = views.SelectMany(Addresses).Where(address => Slashes(address) == Slashes(name));
        var near = NearNames.Suggest(name, alike);
        return new(
            ExitCode.NotFound,
            $"no service or group '{name}'",
            $"the services of {string.Join(", ", groups)} are {string.Join(", ", services.Distinct(StringComparer.Ordinal))}",
            near is null ? "redbctl status" : $"did you mean {near}?"
        );
    }

    private static int Slashes(string address) => address.AsSpan().Count('/');

    // All that can be typed for a group and its services.
    private static IEnumerable<string> Addresses(GroupView view)
    {
        string[] places = ["", $"{view.Group}/", $"{view.Host}/", $"{KeyOf(view)}/"];
        return places
            .SelectMany(place => view.Services.Select(service => $"{place}{service.Name}"))
            .Append(view.Group)
            .Append($"{KeyOf(view)}");
    }

    private static CommandFailure Ambiguous(string name, List<(GroupView View, string? Service)> matches) =>
        new(
            ExitCode.Usage,
            $"'{name}' is in several groups",
            string.Join(
                ", ",
                matches.Select(match =>
                    match.Service is null ? KeyOf(match.View).ToString()
                    : matches.TrueForAll(one => one.View.Host == match.View.Host)
                        ? $"{match.View.Group}/{match.Service}"
                    : $"{KeyOf(match.View)}/{match.Service}"
                )
            ),
            matches.TrueForAll(one => one.View.Host == matches[0].View.Host)
                ? "write group/SERVICE, or choose a group with -g"
                : "write host/GROUP or host/group/SERVICE, or choose a host with -H"
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
