using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json;

namespace Switchyard.Engine.Simulated;

/// <summary>Turns a tagged value of the simulated host into the .NET value that the cmdlet gives on Windows.</summary>
internal sealed class CmdletValueReader
{
    private const string CimInstanceType = "Microsoft.Management.Infrastructure.CimInstance";

    /// <param name="answer">The whole answer, because an enumeration must know all its names before its first value is made.</param>
    public CmdletValueReader(JsonElement answer) => CollectEnumNames(answer);

    public object? Read(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => value.TryGetInt32(out var whole) ? (object)whole : value.GetDouble(),
            JsonValueKind.Array => value.EnumerateArray().Select(Read).ToArray(),
            _ => ReadTagged(value),
        };

    private object ReadTagged(JsonElement value)
    {
        var kind = value.GetProperty("$").GetString();
        if (kind == "object") return ReadObject(value);
        if (kind == "enum")
        {
            return SimulatedEnums.Value(value.GetProperty("type").GetString()!, value.GetProperty("value").GetInt64());
        }

        var content = value.GetProperty("v");
        if (kind == "char") return (char)content.GetInt32();
        if (kind == "hashtable")
        {
            var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in content.EnumerateObject()) table[entry.Name] = Read(entry.Value);
            return table;
        }

        var text = content.GetString()!;
        var invariant = CultureInfo.InvariantCulture;
        return kind switch
        {
            "uint8" => byte.Parse(text, invariant),
            "uint16" => ushort.Parse(text, invariant),
            "uint32" => uint.Parse(text, invariant),
            "uint64" => ulong.Parse(text, invariant),
            "int16" => short.Parse(text, invariant),
            "int64" => long.Parse(text, invariant),
            // CIM hands out local times.
            "datetime" => DateTime.Parse(text, invariant, DateTimeStyles.AdjustToUniversal).ToLocalTime(),
            "timespan" => text == "max" ? TimeSpan.MaxValue : TimeSpan.FromTicks(long.Parse(text, invariant)),
            "guid" => Guid.Parse(text),
            _ => throw new InvalidDataException($"The simulated host sent a value of the unknown kind '{kind}'."),
        };
    }

    private PSObject ReadObject(JsonElement value)
    {
        var types = value.GetProperty("types").EnumerateArray().Select(type => type.GetString()!).ToArray();
        var text = value.TryGetProperty("text", out var shown) ? shown.GetString() : null;
        var properties = value
            .GetProperty("props")
            .EnumerateObject()
            .Select(property => (property.Name, Value: Read(property.Value)))
            .ToArray();
        var isCim = types.Length > 0 && types[0].StartsWith(CimInstanceType, StringComparison.Ordinal);
        PSObject result;
        if (isCim)
        {
            var raw = new OrderedPropertyList();
            foreach (var (name, content) in properties) raw.Set(name, content);
            if (value.TryGetProperty("cim", out var cim))
            {
                foreach (var property in cim.EnumerateObject()) raw.Set(property.Name, Read(property.Value));
            }

            result = new PSObject(new SimulatedCimInstance(types[0], text, raw));
        }
        else
        {
            result = text is null && types is ["System.Management.Automation.PSCustomObject", ..]
                ? new PSObject()
                : new PSObject(new SimulatedObject(text ?? (types.Length > 0 ? types[0] : "")));
        }

        if (types.Length > 0)
        {
            result.TypeNames.Clear();
            foreach (var type in types) result.TypeNames.Add(type);
        }

        foreach (var (name, content) in properties)
        {
            // Unchecked, because the engine's own type data may know the name: the host's value counts.
            result.Properties.Add(new PSNoteProperty(name, content), preValidated: true);
        }

        return result;
    }

    private static void CollectEnumNames(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray()) CollectEnumNames(item);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            if (value.TryGetProperty("$", out var kind) && kind.ValueKind == JsonValueKind.String && kind.GetString() == "enum")
            {
                SimulatedEnums.Learn(
                    value.GetProperty("type").GetString()!,
                    value.GetProperty("name").GetString()!,
                    value.GetProperty("value").GetInt64());
            }
            else
            {
                foreach (var property in value.EnumerateObject()) CollectEnumNames(property.Value);
            }
        }
    }
}

/// <summary>
/// Enumerations of modules that are not there, made as they are met. A name seen later makes a new edition of the type.
/// </summary>
internal static class SimulatedEnums
{
    private static readonly Dictionary<string, SortedDictionary<long, string>> Names = [];
    private static readonly Dictionary<string, Type> Types = [];

    public static void Learn(string type, string name, long value)
    {
        if (!Names.TryGetValue(type, out var names)) Names[type] = names = [];
        // A number without a name is shown as the number.
        if (long.TryParse(name, out _) || names.ContainsKey(value)) return;
        names[value] = name;
        Types.Remove(type);
    }

    public static object Value(string type, long value)
    {
        if (!Types.TryGetValue(type, out var made)) Types[type] = made = Make(type);
        return Enum.ToObject(made, value);
    }

    private static Type Make(string type)
    {
        var names = Names[type];
        var underlying = names.Keys.All(key => key is >= int.MinValue and <= int.MaxValue) ? typeof(int) : typeof(long);
        // A module of its own, so that a later edition may carry the same name.
        var builder = AssemblyBuilder
            .DefineDynamicAssembly(new AssemblyName(type), AssemblyBuilderAccess.Run)
            .DefineDynamicModule(type)
            .DefineEnum(type, TypeAttributes.Public, underlying);
        foreach (var (value, name) in names)
        {
            builder.DefineLiteral(name, Convert.ChangeType(value, underlying, CultureInfo.InvariantCulture));
        }

        return builder.CreateType();
    }
}

/// <summary>An object of a binary module: its properties are on the PowerShell side, here is only its text.</summary>
internal sealed class SimulatedObject(string text)
{
    public override string ToString() => text;
}

/// <summary>Stands where a CIM instance would: with the members that expand when such an object is written as JSON whole.</summary>
internal sealed class SimulatedCimInstance(string type, string? text, OrderedPropertyList properties)
{
    private readonly string className = type[(type.LastIndexOfAny(['/', '#']) + 1)..];

    public OrderedPropertyList CimInstanceProperties => properties;

    public SimulatedCimClass CimClass => new(className);

    public SimulatedCimSystemProperties CimSystemProperties =>
        new(className, type.Contains('#') ? type[(type.IndexOf('#') + 1)..].Replace($"/{className}", "") : "");

    public override string ToString() => text ?? className;
}

internal sealed record SimulatedCimClass(string CimClassName)
{
    public override string ToString() => CimClassName;
}

internal sealed record SimulatedCimSystemProperties(string ClassName, string Namespace);

internal sealed record SimulatedCimProperty(string Name, object? Value);

/// <summary>`CimInstanceProperties`: found by name without case; null where there is none.</summary>
internal sealed class OrderedPropertyList : IEnumerable<SimulatedCimProperty>
{
    private readonly List<SimulatedCimProperty> properties = [];

    public int Count => properties.Count;

    public SimulatedCimProperty? this[string name] =>
        properties.Find(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public void Set(string name, object? value)
    {
        var index = properties.FindIndex(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (index < 0) properties.Add(new SimulatedCimProperty(name, value));
        else properties[index] = new SimulatedCimProperty(name, value);
    }

    public IEnumerator<SimulatedCimProperty> GetEnumerator() => properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
