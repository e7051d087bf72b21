using System.Globalization;
using System.Management.Automation;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Microsoft.PowerShell.Commands;

/// <summary>
/// ConvertFrom-Json with the ways of Windows PowerShell 5.1: an array comes out as one object, the dates that its own
/// writer makes come back as dates and no other text does, and text above 2 MB is refused.
/// </summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed partial class ConvertFromJsonCommand : Cmdlet
{
    private const int MaximumLength = 2_097_152;

    private readonly List<string> inputs = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    protected override void ProcessRecord() => inputs.Add(InputObject);

    protected override void EndProcessing()
    {
        var text = string.Join(Environment.NewLine, inputs);
        if (string.IsNullOrWhiteSpace(text)) return;
        if (text.Length > MaximumLength)
        {
            throw new InvalidOperationException(
                "Error during serialization or deserialization using the JSON JavaScriptSerializer. The length of the string exceeds the value set on the maxJsonLength property.");
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 100 });
            WriteObject(Value(document.RootElement), enumerateCollection: false);
        }
        catch (JsonException exception)
        {
            ThrowTerminatingError(new ErrorRecord(
                new ArgumentException($"Invalid JSON primitive: {exception.Message}"),
                "System.ArgumentException",
                ErrorCategory.NotSpecified,
                null));
        }
    }

    [GeneratedRegex(@"^""\\/Date\((-?\d+)(?:[+-]\d{4})?\)\\/""$")]
    private static partial Regex WrittenDate { get; }

    private static object? Value(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => Number(element),
            JsonValueKind.String => Text(element),
            JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
            _ => Object(element),
        };

    private static object Text(JsonElement element)
    {
        var date = WrittenDate.Match(element.GetRawText());
        return date.Success
            ? DateTime.UnixEpoch.AddMilliseconds(long.Parse(date.Groups[1].Value, CultureInfo.InvariantCulture))
            : element.GetString()!;
    }

    private static object Number(JsonElement element)
    {
        if (element.TryGetInt32(out var small)) return small;
        if (element.TryGetInt64(out var large)) return large;
        return !element.GetRawText().Contains('e', StringComparison.OrdinalIgnoreCase) && element.TryGetDecimal(out var exact)
            ? exact
            : element.GetDouble();
    }

    private static PSObject Object(JsonElement element)
    {
        var result = new PSObject();
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name.Length == 0 || result.Properties[property.Name] is not null)
            {
                throw new InvalidOperationException(
                    $"Cannot convert the JSON string because a dictionary that was converted from the string contains the duplicated keys or an empty key '{property.Name}'.");
            }

            result.Properties.Add(new PSNoteProperty(property.Name, Value(property.Value)));
        }

        return result;
    }
}
