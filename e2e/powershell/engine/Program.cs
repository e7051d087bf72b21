// A stand-in for powershell.exe where none is installed: the same engine, driven the same way over its standard streams.
using System.Globalization;
using System.Management.Automation.Runspaces;
using System.Text;
using Switchyard.Engine;

// Tests send nothing to anyone.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

if (args is ["--syntax", ..])
{
    SyntaxFacts.Print(args.Skip(1));
    return 0;
}

// Set before the runspace opens: its thread inherits it.
if (Environment.GetEnvironmentVariable("SWITCHYARD_ENGINE_CULTURE") is { Length: > 0 } culture)
{
    CultureInfo.DefaultThreadCurrentCulture = CultureInfo.GetCultureInfo(culture);
    CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo(culture);
    CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
}

WindowsConsole.Install();
var command = Array.FindIndex(args, argument => argument.Equals("-Command", StringComparison.OrdinalIgnoreCase));
var host = new EngineHost();
using var runspace = EngineRunspace.Open(host);

if (command >= 0 && command + 1 < args.Length && args[command + 1] != "-")
{
    var text = string.Join(' ', args.Skip(command + 1));
    var succeeded = new StatementRunner(runspace, host).Run(text) == StatementOutcome.Done;
    return host.ExitCode ?? (succeeded ? 0 : 1);
}

return new StandardInput(new StatementRunner(runspace, host), host).RunToEnd();
