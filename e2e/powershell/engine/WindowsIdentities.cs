using System.Management.Automation;

namespace Switchyard.Engine;

/// <summary>
/// Stand in for the Windows identity classes, which exist off Windows only to throw. A script's type name reaches them
/// as a type accelerator, which the engine looks up before any assembly.
/// </summary>
internal static class WindowsIdentities
{
    public static void Install()
    {
        if (OperatingSystem.IsWindows()) return;
        var add = typeof(PSObject)
            .Assembly.GetType("System.Management.Automation.TypeAccelerators", throwOnError: true)!
            .GetMethod("Add", [typeof(string), typeof(Type)])!;
        foreach (var root in new[] { "Security.Principal", "System.Security.Principal" })
        {
            add.Invoke(null, [$"{root}.WindowsIdentity", typeof(SimulatedIdentity)]);
            add.Invoke(null, [$"{root}.WindowsPrincipal", typeof(SimulatedPrincipal)]);
        }
    }
}

public sealed class SimulatedIdentity
{
    public string Name => @"CONTOSO\operator";

    public static SimulatedIdentity GetCurrent() => new();
}

public sealed class SimulatedPrincipal(SimulatedIdentity identity)
{
    public SimulatedIdentity Identity => identity;

    /// <summary>The administrators' group is the only role scripts ask for.</summary>
    public bool IsInRole(object role) =>
        role is not null && Environment.GetEnvironmentVariable("SWITCHYARD_ENGINE_ELEVATED") != "false";
}
