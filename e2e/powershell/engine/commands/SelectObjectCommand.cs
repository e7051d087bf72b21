using System.Collections;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Select-Object: named, wildcard and calculated properties, one expanded property, and the first, last or distinct objects.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly List<PSObject?> inputs = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public string[]? ExcludeProperty { get; set; }

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public int First { get; set; } = int.MaxValue;

    [Parameter]
    public int Last { get; set; } = int.MaxValue;

    [Parameter]
    public int Skip { get; set; }

    protected override void ProcessRecord() => inputs.Add(InputObject);

    protected override void EndProcessing()
    {
        var chosen = MyInvocation.BoundParameters.ContainsKey(nameof(Last))
            ? inputs.SkipLast(Skip).TakeLast(Last)
            : inputs.Skip(Skip).Take(First);
        var results = chosen.SelectMany(Project);
        if (Unique) results = results.DistinctBy(value => Key(value), StringComparer.Ordinal);
        foreach (var result in results) WriteObject(result);
    }

    private IEnumerable<object?> Project(PSObject? input)
    {
        if (ExpandProperty is not null) return Expand(input);
        if (Property is null && ExcludeProperty is null) return [input];
        var result = new PSObject();
        foreach (var property in Property ?? ["*"]) Add(result, input, property);
        if (input is not null) result.TypeNames.Insert(0, $"Selected.{input.BaseObject.GetType()}");
        return [result];
    }

    private IEnumerable<object?> Expand(PSObject? input)
    {
        if (input?.Properties[ExpandProperty] is not { } property)
        {
            WriteError(new ErrorRecord(
                new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."),
                "ExpandPropertyNotFound",
                ErrorCategory.InvalidArgument,
                input));
            return [];
        }

        return LanguagePrimitives.GetEnumerable(property.Value) is { } items ? items.Cast<object?>() : [property.Value];
    }

    private void Add(PSObject result, PSObject? input, object property)
    {
        var plain = property is PSObject wrapped ? wrapped.BaseObject : property;
        if (plain is IDictionary calculated)
        {
            var name = LanguagePrimitives.ConvertTo<string>(Entry(calculated, "Name", "Label"));
            var expression = Entry(calculated, "Expression");
            var value = expression is ScriptBlock block
                ? Single(block.InvokeWithContext(null, [new PSVariable("_", input)]))
                : input?.Properties[LanguagePrimitives.ConvertTo<string>(expression)]?.Value;
            result.Properties.Add(new PSNoteProperty(name, value));
            return;
        }

        var pattern = LanguagePrimitives.ConvertTo<string>(plain);
        if (!WildcardPattern.ContainsWildcardCharacters(pattern))
        {
            if (!IsExcluded(pattern)) result.Properties.Add(new PSNoteProperty(pattern, input?.Properties[pattern]?.Value));
            return;
        }

        if (input is null) return;
        foreach (var found in input.Properties.Match(pattern))
        {
            if (!IsExcluded(found.Name)) result.Properties.Add(new PSNoteProperty(found.Name, found.Value));
        }
    }

    private bool IsExcluded(string name) =>
        ExcludeProperty?.Any(pattern => new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(name)) == true;

    /// <summary>The keys of a calculated property may be shortened.</summary>
    private static object? Entry(IDictionary calculated, params string[] names) =>
        calculated
            .Cast<DictionaryEntry>()
            .FirstOrDefault(entry =>
                names.Any(name => name.StartsWith(entry.Key.ToString()!, StringComparison.OrdinalIgnoreCase)))
            .Value;

    private static object? Single(ICollection<PSObject> values) =>
        values.Count switch
        {
            0 => null,
            1 => values.First(),
            _ => values.ToArray(),
        };

    private static string Key(object? value) =>
        value is PSObject { BaseObject: PSCustomObject } custom
            ? string.Join('\u0001', custom.Properties.Select(property => $"{property.Name}={property.Value}"))
            : $"{value}";
}
