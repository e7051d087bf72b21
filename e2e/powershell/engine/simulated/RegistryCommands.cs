using System.Collections;
using System.Management.Automation;
using Switchyard.Engine.Simulated;

namespace Microsoft.PowerShell.Commands;

/// <summary>The cmdlets of the registry provider: keys are asked from the simulated host, by the path as the script gave it.</summary>
public abstract class RegistryCommand : PSCmdlet
{
    private protected static bool IsRegistry(string path) =>
        path.StartsWith("HKLM:", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith("Registry::", StringComparison.OrdinalIgnoreCase);

    private protected void Forward(string command, IDictionary bound)
    {
        var parameters = new Hashtable();
        foreach (DictionaryEntry entry in bound)
        {
            if (!CommonParameters.Contains((string)entry.Key)) parameters[entry.Key] = entry.Value;
        }

        var answer = SimulatedHost.Call(command, parameters);
        foreach (var value in answer.Output) WriteObject(value);
        foreach (var error in answer.Errors)
        {
            if (error.Terminating) ThrowTerminatingError(error.Record);
            WriteError(error.Record);
        }
    }
}

[Cmdlet(VerbsCommon.Get, "ItemProperty", DefaultParameterSetName = "Path")]
public sealed class GetItemPropertyCommand : RegistryCommand
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Position = 1)]
    public string[]? Name { get; set; }

    protected override void ProcessRecord() => Forward("Get-ItemProperty", MyInvocation.BoundParameters);
}

[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Items")]
public sealed class GetChildItemCommand : RegistryCommand
{
    [Parameter(Position = 0, ParameterSetName = "Items")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralItems")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    protected override void ProcessRecord() => Forward("Get-ChildItem", MyInvocation.BoundParameters);
}

[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
public sealed class TestPathCommand : RegistryCommand
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    public string PathType { get; set; } = "Any";

    protected override void ProcessRecord()
    {
        foreach (var path in Path.Concat(LiteralPath))
        {
            if (IsRegistry(path)) Forward("Test-Path", MyInvocation.BoundParameters);
            else WriteObject(Exists(path.Replace('\\', System.IO.Path.DirectorySeparatorChar)));
        }
    }

    private bool Exists(string path) =>
        PathType.ToUpperInvariant() switch
        {
            "LEAF" => File.Exists(path),
            "CONTAINER" => Directory.Exists(path),
            _ => File.Exists(path) || Directory.Exists(path),
        };
}
