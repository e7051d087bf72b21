using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text;

namespace Microsoft.PowerShell.Commands;

/// <summary>ConvertTo-Json with the ways of Windows PowerShell 5.1, which later versions changed.</summary>
[Cmdlet(VerbsData.ConvertTo, "Json")]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> inputs = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(1, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    protected override void ProcessRecord() => inputs.Add(InputObject);

    protected override void EndProcessing()
    {
        if (inputs.Count == 0) return;
        var plain = new JsonShape(Depth).Of(inputs.Count > 1 ? inputs.ToArray() : inputs[0], 0);
        var text = new StringBuilder();
        new JsonWriter(text, Compress).Write(plain, 0);
        WriteObject(text.ToString());
    }
}

/// <summary>Any object as scalars, lists and dictionaries, cut at a depth.</summary>
internal sealed class JsonShape(int maximumDepth)
{
    public object? Of(object? value, int depth)
    {
        var wrapped = value as PSObject;
        var plain = wrapped is null ? value : wrapped.BaseObject;
        if (plain is null or DBNull) return null;
        if (plain is string or char or bool or DateTime or DateTimeOffset or Guid or Uri or decimal || plain.GetType().IsPrimitive)
        {
            return WithExtras(wrapped, plain, depth, false);
        }

        if (plain is Enum)
        {
            var width = Enum.GetUnderlyingType(plain.GetType());
            // Numbers of 64 bits lose digits in JavaScript, so these enumerations are written by name.
            return WithExtras(wrapped, width == typeof(long) || width == typeof(ulong) ? plain.ToString()! : plain, depth, false);
        }

        if (depth > maximumDepth)
        {
            return plain is PSCustomObject
                ? LanguagePrimitives.ConvertTo<string>(wrapped)
                : WithExtras(wrapped, LanguagePrimitives.ConvertTo<string>(plain), depth, false);
        }

        return plain switch
        {
            IDictionary map => WithExtras(wrapped, Map(map, depth), depth, false),
            IEnumerable items => WithExtras(wrapped, List(items, depth), depth, false),
            _ => WithExtras(wrapped, Members(plain, depth), depth, true),
        };
    }

    private Dictionary<string, object?> Map(IDictionary map, int depth)
    {
        var result = new Dictionary<string, object?>();
        foreach (DictionaryEntry entry in map)
        {
            if (entry.Key is not string name)
            {
                throw new InvalidOperationException(
                    $"The type '{map.GetType().FullName}' is not supported for serialization or deserialization of a dictionary. Keys must be strings.");
            }

            result[name] = Of(entry.Value, depth + 1);
        }

        return result;
    }

    private List<object?> List(IEnumerable items, int depth) => [.. items.Cast<object?>().Select(item => Of(item, depth + 1))];

    private Dictionary<string, object?> Members(object value, int depth)
    {
        var result = new Dictionary<string, object?>();
        if (value is PSCustomObject) return result;
        var type = value.GetType();
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            result[field.Name] = Of(field.GetValue(value), depth + 1);
        }

        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetMethod is null || property.GetIndexParameters().Length > 0) continue;
            // .NET gave time spans finer parts long after Windows PowerShell 5.1.
            if (value is TimeSpan && (property.Name.Contains("Micro") || property.Name.Contains("Nano"))) continue;
            result[property.Name] = Of(Get(property, value), depth + 1);
        }

        return result;
    }

    private static object? Get(PropertyInfo property, object value)
    {
        try
        {
            return property.GetValue(value);
        }
        catch (TargetInvocationException)
        {
            // A getter that throws is written as null.
            return null;
        }
    }

    /// <summary>Properties that PowerShell adds. A list or a scalar that has some becomes an object with `value`.</summary>
    private object WithExtras(PSObject? wrapped, object plain, int depth, bool isObject)
    {
        if (wrapped is null) return plain;
        var target = plain as Dictionary<string, object?>;
        var result = target ?? new Dictionary<string, object?> { ["value"] = plain };
        foreach (var property in wrapped.Properties)
        {
            var isExtra = property.MemberType != PSMemberTypes.Property;
            if ((isExtra || isObject) && !result.ContainsKey(property.Name))
            {
                result[property.Name] = Of(Get(property), depth + 1);
            }
        }

        return target is null && result.Count == 1 ? plain : result;
    }

    private static object? Get(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            return null;
        }
    }
}

/// <summary>JSON text as Windows PowerShell 5.1 spells it.</summary>
internal sealed class JsonWriter(StringBuilder text, bool compress)
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public void Write(object? value, int column)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or char or Uri:
                Quote(value.ToString()!);
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case DateTime moment:
                Date(moment);
                break;
            case DateTimeOffset moment:
                Date(moment.UtcDateTime);
                break;
            case Guid guid:
                Quote(guid.ToString());
                break;
            case Enum:
                text.Append(((Enum)value).ToString("D"));
                break;
            case double number:
                text.Append(number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case float number:
                text.Append(number.ToString("R", CultureInfo.InvariantCulture));
                break;
            case IConvertible number:
                text.Append(number.ToString(CultureInfo.InvariantCulture));
                break;
            case Dictionary<string, object?> map:
                Block('{', '}', column, map, (entry, inner) =>
                {
                    var start = text.Length;
                    Quote(entry.Key);
                    text.Append(compress ? ":" : ":  ");
                    Write(entry.Value, inner + text.Length - start);
                });
                break;
            case List<object?> items:
                Block('[', ']', column, items, Write);
                break;
            default:
                throw new InvalidOperationException($"A {value.GetType()} is left after shaping.");
        }
    }

    /// <summary>Blocks are indented from the column they open at, which is why nested values wander to the right.</summary>
    private void Block<T>(char open, char close, int column, ICollection<T> items, Action<T, int> write)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst) text.Append(',');
            isFirst = false;
            NewLine(column + 4);
            write(item, column + 4);
        }

        if (items.Count == 0 && !compress) text.Append("\r\n");
        NewLine(column);
        text.Append(close);
    }

    private void NewLine(int column)
    {
        if (!compress) text.Append("\r\n").Append(' ', column);
    }

    private void Date(DateTime moment) =>
        text.Append("\"\\/Date(")
            .Append(((moment.ToUniversalTime() - Epoch).Ticks / TimeSpan.TicksPerMillisecond).ToString(CultureInfo.InvariantCulture))
            .Append(")\\/\"");

    private void Quote(string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or '\'' or '<' or '>' or '&' or '\u0085' or '\u2028' or '\u2029' =>
                    text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }
}
