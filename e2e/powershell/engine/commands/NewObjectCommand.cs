using System.Collections;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>New-Object for .NET types; there is no COM.</summary>
[Cmdlet(VerbsCommon.New, "Object")]
public sealed class NewObjectCommand : PSCmdlet
{
    private static readonly ScriptBlock Construct = ScriptBlock.Create("param($type, $arguments) , $type::new.Invoke($arguments)");

    [Parameter(Position = 0, Mandatory = true)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    public object[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void ProcessRecord()
    {
        if (!LanguagePrimitives.TryConvertTo<Type>(TypeName, out var type))
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"Cannot find type [{TypeName}]: verify that the assembly containing this type is loaded."),
                "TypeNotFound",
                ErrorCategory.InvalidType,
                null));
            return;
        }

        if (SessionState.LanguageMode == PSLanguageMode.ConstrainedLanguage && type != typeof(PSObject))
        {
            ThrowTerminatingError(new ErrorRecord(
                new PSNotSupportedException("Cannot create type. Only core types are supported in this language mode."),
                "CannotCreateTypeConstrainedLanguage",
                ErrorCategory.PermissionDenied,
                null));
        }

        var made = type == typeof(PSObject) ? new PSObject() : PSObject.AsPSObject(Make(type));
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            var name = entry.Key.ToString()!;
            if (made.Properties[name] is { } known) known.Value = entry.Value;
            else made.Properties.Add(new PSNoteProperty(name, entry.Value));
        }

        WriteObject(made);
    }

    private object Make(Type type) =>
        ArgumentList.Length == 0 && type.IsValueType ? Activator.CreateInstance(type)! : Construct.Invoke(type, ArgumentList)[0].BaseObject;
}
