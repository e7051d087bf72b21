using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Switchyard.Engine;

internal enum StatementOutcome
{
    Done,
    Failed,
    /// <summary>The text stops in the middle of a statement.</summary>
    Unfinished,
}

/// <summary>Runs one piece of text as the console host does: into history, its output and errors to the formatter.</summary>
internal sealed class StatementRunner(Runspace runspace, EngineHost host)
{
    public StatementOutcome Run(string text)
    {
        try
        {
            using var pipeline = runspace.CreatePipeline(text, addToHistory: true);
            pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            pipeline.Commands.Add("Out-Default");
            pipeline.Invoke();
            return pipeline.HadErrors ? StatementOutcome.Failed : StatementOutcome.Done;
        }
        catch (IncompleteParseException)
        {
            return StatementOutcome.Unfinished;
        }
        catch (RuntimeException exception)
        {
            host.UI.WriteErrorLine($"{exception.ErrorRecord.InvocationInfo?.MyCommand?.Name} : {exception.Message}");
            return StatementOutcome.Failed;
        }
    }
}

/// <summary>
/// `-Command -`: every line is a statement. A line that does not end its statement opens a block, and only a blank line
/// closes that; whatever comes in between belongs to it.
/// </summary>
internal sealed class StandardInput(StatementRunner runner, EngineHost host)
{
    public int RunToEnd()
    {
        using var input = WindowsConsole.OpenInput();
        List<string> block = [];
        while (host.ExitCode is null && input.ReadLine() is { } line)
        {
            if (block.Count == 0)
            {
                if (line.Trim().Length > 0 && runner.Run(line) == StatementOutcome.Unfinished) block.Add(line);
            }
            else if (line.Trim().Length > 0)
            {
                block.Add(line);
            }
            else
            {
                var text = string.Join('\n', block);
                block.Clear();
                if (runner.Run(text) == StatementOutcome.Unfinished)
                {
                    host.UI.WriteErrorLine("Incomplete string token or statement block.");
                }
            }
        }

        return host.ExitCode ?? 0;
    }
}
