using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Switchyard.Engine.Simulated;

/// <summary>What a call of a simulated cmdlet gave.</summary>
internal sealed record SimulatedAnswer(object?[] Output, SimulatedError[] Errors, string[] Warnings, int DelayMs);

/// <summary>An error and whether it ends the cmdlet.</summary>
internal sealed record SimulatedError(ErrorRecord Record, bool Terminating);

/// <summary>The other end: a process that knows what this Windows would answer. A line of JSON each way.</summary>
internal static class SimulatedHost
{
    private static readonly Lock Gate = new();
    private static StreamReader? reader;
    private static StreamWriter? writer;

    private static string? Address => Environment.GetEnvironmentVariable("SWITCHYARD_SIMULATED_HOST");

    public static bool IsThere => Address is { Length: > 0 };

    public static SimulatedAnswer Call(string name, IDictionary parameters)
    {
        var request = new JsonObject
        {
            ["kind"] = "call",
            ["call"] = new JsonObject { ["name"] = name, ["parameters"] = BoundParameters.ToJson(parameters) },
        };
        using var answer = Ask(request);
        var values = new CmdletValueReader(answer.RootElement);
        return new SimulatedAnswer(
            [.. Items(answer, "output").Select(values.Read)],
            [.. Items(answer, "errors").Select(CmdletErrors.Read)],
            [.. Items(answer, "warnings").Select(warning => warning.GetString()!)],
            answer.RootElement.TryGetProperty("delayMs", out var delay) ? delay.GetInt32() : 0);
    }

    private static IEnumerable<JsonElement> Items(JsonDocument answer, string name) =>
        answer.RootElement.TryGetProperty(name, out var items) ? items.EnumerateArray() : [];

    private static JsonDocument Ask(JsonNode request)
    {
        lock (Gate)
        {
            if (reader is null || writer is null)
            {
                var client = new TcpClient { NoDelay = true };
                client.Connect(IPEndPoint.Parse(Address ?? throw new InvalidOperationException("There is no simulated host.")));
                var stream = client.GetStream();
                reader = new StreamReader(stream, new UTF8Encoding(false));
                writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n", AutoFlush = true };
            }

            writer.WriteLine(request.ToJsonString());
            var line = reader.ReadLine() ?? throw new IOException("The simulated host closed the connection.");
            var answer = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 256 });
            if (answer.RootElement.TryGetProperty("protocolError", out var error))
            {
                throw new InvalidOperationException($"The simulated host did not understand: {error.GetString()}");
            }

            return answer;
        }
    }
}

/// <summary>Bound parameters as plain data: names, scalars, lists, and of objects only their scalar properties.</summary>
internal static class BoundParameters
{
    public static JsonObject ToJson(IDictionary parameters)
    {
        var json = new JsonObject();
        foreach (DictionaryEntry entry in parameters)
        {
            // Common parameters are the engine's to serve.
            var name = (string)entry.Key;
            if (!Cmdlet.CommonParameters.Contains(name, StringComparer.OrdinalIgnoreCase)) json[name] = Value(entry.Value, 0);
        }

        return json;
    }

    private static JsonNode? Value(object? value, int depth)
    {
        var wrapped = value as PSObject;
        var plain = wrapped?.BaseObject ?? value;
        return plain switch
        {
            null => null,
            string text => text,
            bool flag => flag,
            SwitchParameter flag => flag.IsPresent,
            char character => character.ToString(),
            Enum or Guid or TimeSpan or Version => plain.ToString(),
            DateTime moment => moment.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture),
            IConvertible number => JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture)),
            IDictionary map => Map(map, depth),
            IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(item => Value(item, depth + 1))]),
            _ => Reduce(PSObject.AsPSObject(value), depth),
        };
    }

    private static JsonObject Map(IDictionary map, int depth)
    {
        var json = new JsonObject();
        foreach (DictionaryEntry entry in map) json[entry.Key.ToString()!] = Value(entry.Value, depth + 1);
        return json;
    }

    private static JsonObject Reduce(PSObject value, int depth)
    {
        var json = new JsonObject
        {
            ["$types"] = new JsonArray([.. value.TypeNames.Select(name => (JsonNode)name)]),
        };
        if (depth > 1) return json;
        foreach (var property in value.Properties.OfType<PSNoteProperty>())
        {
            var plain = property.Value is PSObject inner ? inner.BaseObject : property.Value;
            if (plain is null or string or ValueType) json[property.Name] = Value(plain, depth + 1);
        }

        return json;
    }
}
