using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace Switchyard.Engine;

/// <summary>The one persistent runspace, with the cmdlets that Windows has and the engine's package lacks.</summary>
internal static class EngineRunspace
{
    public static Runspace Open(EngineHost host)
    {
        var state = InitialSessionState.CreateDefault2();
        var cmdlets =
            from type in typeof(EngineRunspace).Assembly.GetTypes()
            let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
            where cmdlet is not null
            select new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, null);
        foreach (var cmdlet in cmdlets) state.Commands.Add(cmdlet);

        // Windows PowerShell counts arrays by type data, and its ConvertTo-Json then writes wrapped arrays as objects.
        var arrays = new TypeData(typeof(Array));
        arrays.Members.Add("Count", new AliasPropertyData("Count", "Length"));
        state.Types.Add(new SessionStateTypeEntry(arrays, isRemove: false));

        if (Environment.GetEnvironmentVariable("SWITCHYARD_ENGINE_LANGUAGE_MODE") is { Length: > 0 } mode)
        {
            state.LanguageMode = Enum.Parse<PSLanguageMode>(mode);
        }

        if (Environment.GetEnvironmentVariable("SWITCHYARD_SIMULATED_HOST") is { Length: > 0 }) WindowsIdentities.Install();
        var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        TellVersion(runspace);
        return runspace;
    }

    /// <summary>
    /// Scripts that look at the version see that of the simulated Windows. The table is one object for the whole
    /// process, so it is changed in place.
    /// </summary>
    private static void TellVersion(Runspace runspace)
    {
        if (Environment.GetEnvironmentVariable("SWITCHYARD_ENGINE_VERSION") is not { Length: > 0 } version) return;
        var table = (IDictionary)runspace.SessionStateProxy.GetVariable("PSVersionTable");
        table["PSVersion"] = Version.Parse(version);
        table["PSEdition"] = "Desktop";
        // Windows PowerShell before 5.1 has no editions.
        if (Version.Parse(version) < new Version(5, 1)) table.Remove("PSEdition");
    }
}
