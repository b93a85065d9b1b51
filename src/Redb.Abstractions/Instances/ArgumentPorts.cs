using System.Collections.Immutable;
using System.Globalization;
using Redb.Abstractions.Configuration;

namespace Redb.Abstractions.Instances;

/// <summary>
/// Finds and moves the ports in the arguments of a service: <c>--port</c>, <c>--supervisor</c>, <c>--grpc-bind</c> and
/// <c>--listen</c>, with one dash or two, as <c>--port=N</c> or as two elements, IPv6 as <c>[::1]:N</c>.
/// </summary>
/// <remarks>What has no port (<c>localhost</c>, <c>standalone</c>) or no decimal one is left alone.</remarks>
public static class ArgumentPorts
{
    internal const string PortFlag = "port";
    internal const string SupervisorFlag = "supervisor";
    internal const string GrpcBindFlag = "grpc-bind";
    internal const string ListenFlag = "listen";

    /// <summary>The ports in the order of the arguments, as written.</summary>
    public static ImmutableArray<ArgumentPort> Find(ImmutableArray<string> arguments)
    {
        var found = ImmutableArray.CreateBuilder<ArgumentPort>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var (name, valueStart) = SplitFlag(arguments[i]);
            if (name is null)
            {
                continue;
            }

            var inNext = valueStart < 0;
            if (inNext && i + 1 == arguments.Length)
            {
                break;
            }

            var element = inNext ? i + 1 : i;
            if (ReadPort(name, arguments[element], inNext ? 0 : valueStart, element) is { } port)
            {
                found.Add(port);
                i = element;
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The arguments with the group's offset added to every port.</summary>
    /// <remarks>
    /// No range check: the reader has refused every configuration in which a moved port is not 1 to 65535.
    /// <c>--listen</c> moves only where <see cref="InstanceGroupConfiguration.OffsetExternalPorts"/> says so.
    /// </remarks>
    public static ImmutableArray<string> Shift(ImmutableArray<string> arguments, InstanceGroupConfiguration group)
    {
        if (group.PortOffset == 0)
        {
            return arguments;
        }

        var shifted = arguments.ToBuilder();
        foreach (var port in Find(arguments))
        {
            var moved = (long)port.Port + port.OffsetIn(group);
            shifted[port.Element] = string.Create(
                CultureInfo.InvariantCulture,
                $"{arguments[port.Element].AsSpan(0, port.Start)}{moved}"
            );
        }

        return shifted.ToImmutable();
    }

    /// <summary>The flag an element is, if it is one of ours, and where its value starts in it; -1 for the next element.</summary>
    private static (string? Name, int ValueStart) SplitFlag(string argument)
    {
        var dashes =
            argument.StartsWith("--", StringComparison.Ordinal) ? 2
            : argument.StartsWith('-') ? 1
            : 0;
        if (dashes == 0)
        {
            return (null, 0);
        }

        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? argument[dashes..] : argument[dashes..equals];
        return name is PortFlag or SupervisorFlag or GrpcBindFlag or ListenFlag
            ? (name, equals < 0 ? -1 : equals + 1)
            : (null, 0);
    }

    private static ArgumentPort? ReadPort(string flag, string argument, int start, int element)
    {
        var host = "";
        if (flag is not PortFlag)
        {
            var colon = argument.LastIndexOf(':');
            if (colon < start || !TryReadHost(argument[start..colon], out host))
            {
                return null;
            }

            start = colon + 1;
        }

        return int.TryParse(
            argument.AsSpan(start),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var port
        )
            ? new(flag, element, start, host, port)
            : null;
    }

    /// <summary>A host has brackets or no colon: without brackets the last part of an IPv6 address is not a port.</summary>
    private static bool TryReadHost(string text, out string host)
    {
        host = text is ['[', .., ']'] ? text[1..^1] : text;
        return host.Length < text.Length || !text.Contains(':', StringComparison.Ordinal);
    }
}
