using System.Management.Automation;

namespace Switchyard.Engine.Simulated;

/// <summary>Parameters that the engine itself serves: they never reach the simulated host.</summary>
internal static class CommonParameters
{
    public static bool Contains(string name) =>
        Cmdlet.CommonParameters.Contains(name, StringComparer.OrdinalIgnoreCase);
}
