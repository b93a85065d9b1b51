using Redb.Configuration.Reading;
using Redb.Configuration.Yaml;

namespace Redb.Configuration.Shapes;

/// <summary>A value of one word or line, which may also come from the environment or the command line.</summary>
internal abstract class ScalarShape<T> : Shape<T>
{
    /// <summary>Reads the value from text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="plain">Whether it may be taken for a number or a truth value: it stands in no quotes.</param>
    /// <param name="value">The value.</param>
    /// <param name="complaint">What is wrong, in words that follow the path.</param>
    public abstract bool TryParse(string text, bool plain, out T value, out string complaint);

    public sealed override bool TryRead(YamlNode node, string path, ReadContext context, out T value)
    {
        if (node is not YamlNode.Scalar scalar)
        {
            value = default!;
            context.Findings.Error(node.Place, path, $"must be {Expectation}, not {node.Description}");
            return false;
        }

        if (scalar.IsNull)
        {
            value = default!;
            context.Findings.Error(node.Place, path, $"must be {Expectation}, not empty");
            return false;
        }

        if (TryParse(scalar.Text, scalar.IsPlain, out value, out var complaint))
        {
            return true;
        }

        context.Findings.Error(node.Place, path, complaint);
        return false;
    }
}
