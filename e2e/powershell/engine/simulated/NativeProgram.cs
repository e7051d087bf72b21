using System.Collections;

namespace Switchyard.Engine.Simulated;

/// <summary>A console program of Windows, asked from the simulated host: its lines to standard output, 1 as exit code on an error.</summary>
internal static class NativeProgram
{
    public static int Run(string name, IEnumerable<string> arguments)
    {
        var answer = SimulatedHost.Call(name, new Hashtable { ["arguments"] = arguments.ToArray() });
        if (answer.DelayMs > 0) Thread.Sleep(answer.DelayMs);
        foreach (var line in answer.Output) Console.Out.WriteLine(line);
        foreach (var error in answer.Errors) Console.Out.WriteLine(error.Record.Exception.Message);
        return answer.Errors.Length > 0 ? 1 : 0;
    }
}
