using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Microsoft.PowerShell.Commands;

/// <summary>Remove-TypeData by name: takes the extra members of a type away.</summary>
[Cmdlet(VerbsCommon.Remove, "TypeData")]
public sealed class RemoveTypeDataCommand : PSCmdlet
{
    [Parameter(Position = 0, Mandatory = true)]
    public string TypeName { get; set; } = "";

    protected override void ProcessRecord()
    {
        const BindingFlags hidden = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        var context = typeof(Runspace).GetProperty("ExecutionContext", hidden)!.GetValue(Runspace.DefaultRunspace)!;
        var table = context.GetType().GetProperty("TypeTable", hidden)!.GetValue(context)!;
        var remove = table.GetType().GetMethod("RemoveType", hidden, [typeof(string)])!;
        try
        {
            remove.Invoke(table, [TypeName]);
        }
        catch (TargetInvocationException exception)
        {
            WriteError(new ErrorRecord(exception.InnerException!, "TypesDynamicRemoveException", ErrorCategory.InvalidOperation, TypeName));
        }
    }
}
