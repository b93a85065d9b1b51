using System.Collections.Immutable;
using Redb.Abstractions.Configuration;
using Redb.Configuration.Reading;

namespace Redb.Configuration.Keys;

/// <summary>The <c>services</c> section: each service, then the built-in dependencies between them.</summary>
internal static class ServicesSection
{
    public static ImmutableArray<ServiceConfiguration> Read(
        IEnumerable<KeyValuePair<string, SectionReader>> sections,
        SupervisorConfiguration supervisor,
        ReadContext context
    )
    {
        var services = ImmutableArray.CreateBuilder<ServiceConfiguration>();
        var unsaid = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, section) in sections)
        {
            services.Add(ServiceSection.Read(name, section, supervisor, context));
            if (!section.IsWritten(ServiceSection.Dependencies))
            {
                unsaid.Add(name);
            }
        }

        return [.. Complete(services, unsaid, context)];
    }

    private static IEnumerable<ServiceConfiguration> Complete(
        IReadOnlyCollection<ServiceConfiguration> services,
        HashSet<string> unsaid,
        ReadContext context
    )
    {
        var enabled = services
            .Where(static service => service.Enabled)
            .Select(static service => service.Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (!unsaid.Contains(service.Name))
            {
                yield return service;
                continue;
            }

            var dependencies = BuiltInDependencies.Of(service.Name, enabled);
            context.AmendDefault(
                $"{Wording.Join("services", service.Name)}.{ServiceSection.Dependencies.Name}",
                ServiceSection.Dependencies.Shape.Show(dependencies)
            );
            yield return service with
            {
                Dependencies = dependencies,
            };
        }
    }
}
