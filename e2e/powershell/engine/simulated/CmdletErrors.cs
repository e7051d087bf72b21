using System.Management.Automation;
using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json;
using Microsoft.Management.Infrastructure;

namespace Switchyard.Engine.Simulated;

/// <summary>Error records as the simulated cmdlet raises them: id, category, exception type and numbers are the host's.</summary>
internal static class CmdletErrors
{
    private static readonly ModuleBuilder Module = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("SimulatedExceptions"), AssemblyBuilderAccess.Run)
        .DefineDynamicModule("SimulatedExceptions");

    private static readonly FieldInfo FixedId =
        typeof(ErrorRecord).GetField("_serializedFullyQualifiedErrorId", BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new MissingFieldException("This engine keeps the full error id elsewhere; look for its field.");

    private static readonly Dictionary<string, Type> Exceptions = [];

    public static SimulatedError Read(JsonElement error)
    {
        var id = error.GetProperty("id").GetString()!;
        var type = error.TryGetProperty("exception", out var name) ? name.GetString()! : "System.Exception";
        var exception = Raise(type, error.GetProperty("message").GetString()!);
        if (error.TryGetProperty("hresult", out var number)) exception.HResult = (int)number.GetInt64();
        var record = new ErrorRecord(
            exception,
            id.Split(',')[0],
            Enum.Parse<ErrorCategory>(error.GetProperty("category").GetString()!),
            error.TryGetProperty("target", out var target) ? target.GetString() : null);
        // The engine would add the name of the command that wrote it; the host gives the whole id.
        FixedId.SetValue(record, id);
        return new SimulatedError(record, error.GetProperty("terminating").GetBoolean());
    }

    private static Exception Raise(string type, string message)
    {
        if (type == typeof(CimException).FullName) return new CimException(message);
        if (!Exceptions.TryGetValue(type, out var made))
        {
            Exceptions[type] = made = typeof(object).Assembly.GetType(type)
                ?? typeof(PSObject).Assembly.GetType(type)
                ?? Module.DefineType(type, TypeAttributes.Public, typeof(SimulatedException)).WithConstructor();
        }

        return (Exception)Activator.CreateInstance(made, message)!;
    }

    private static Type WithConstructor(this TypeBuilder builder)
    {
        var parent = typeof(SimulatedException).GetConstructor([typeof(string)])!;
        var code = builder
            .DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(string)])
            .GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Call, parent);
        code.Emit(OpCodes.Ret);
        return builder.CreateType();
    }
}

/// <summary>The parent of exception types that live in modules which are not there.</summary>
public class SimulatedException(string message) : Exception(message);
