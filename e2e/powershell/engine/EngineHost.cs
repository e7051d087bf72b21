using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace Switchyard.Engine;

/// <summary>The host of a non-interactive PowerShell: text to standard output, errors to standard error, no questions.</summary>
internal sealed class EngineHost : PSHost
{
    /// <summary>Set once a script has called exit.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "ConsoleHost";
    public override Version Version { get; } = new(5, 1, 20348, 1);
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override PSHostUserInterface UI { get; } = new TextInterface();
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw NotInteractive();

    public override void ExitNestedPrompt() => throw NotInteractive();

    public override void NotifyBeginApplication() { }

    public override void NotifyEndApplication() { }

    private static PSInvalidOperationException NotInteractive() =>
        new("Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");

    private sealed class TextInterface : PSHostUserInterface
    {
        public override PSHostRawUserInterface RawUI { get; } = new Window();

        public override void Write(string value) => Console.Out.Write(Plain(value));

        public override void Write(ConsoleColor foreground, ConsoleColor background, string value) =>
            Console.Out.Write(Plain(value));

        public override void WriteLine(string value) => Console.Out.WriteLine(Plain(value));

        public override void WriteErrorLine(string value) => Console.Error.WriteLine(Plain(value));

        public override void WriteDebugLine(string message) => Console.Out.WriteLine($"DEBUG: {message}");

        public override void WriteVerboseLine(string message) => Console.Out.WriteLine($"VERBOSE: {message}");

        public override void WriteWarningLine(string message) => Console.Out.WriteLine($"WARNING: {message}");

        public override void WriteProgress(long sourceId, ProgressRecord record) =>
            // With redirected streams Windows PowerShell writes progress as CLIXML on standard error.
            Console.Error.WriteLine($"#< CLIXML\r\n<Objs><Obj S=\"progress\">{SecurityElement.Escape(record.Activity)}</Obj></Objs>");

        /// <summary>The formatter of this engine puts colours into text; that of Windows PowerShell does not.</summary>
        private static string Plain(string value) => new StringDecorated(value).ToString(OutputRendering.PlainText);

        public override string ReadLine() => throw NotInteractive();

        public override SecureString ReadLineAsSecureString() => throw NotInteractive();

        public override Dictionary<string, PSObject> Prompt(
            string caption,
            string message,
            Collection<FieldDescription> descriptions) => throw NotInteractive();

        public override int PromptForChoice(
            string caption,
            string message,
            Collection<ChoiceDescription> choices,
            int defaultChoice) => throw NotInteractive();

        public override PSCredential PromptForCredential(
            string caption,
            string message,
            string userName,
            string targetName) => throw NotInteractive();

        public override PSCredential PromptForCredential(
            string caption,
            string message,
            string userName,
            string targetName,
            PSCredentialTypes allowedCredentialTypes,
            PSCredentialUIOptions options) => throw NotInteractive();
    }

    /// <summary>The formatter asks for a width; there is no window to scroll or to draw on.</summary>
    private sealed class Window : PSHostRawUserInterface
    {
        public override Size BufferSize { get; set; } = new(120, 3000);
        public override Size WindowSize { get; set; } = new(120, 50);
        public override Size MaxWindowSize => WindowSize;
        public override Size MaxPhysicalWindowSize => WindowSize;
        public override Coordinates CursorPosition { get; set; }
        public override Coordinates WindowPosition { get; set; }
        public override int CursorSize { get; set; } = 25;
        public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
        public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
        public override string WindowTitle { get; set; } = "";
        public override bool KeyAvailable => false;

        public override void FlushInputBuffer() { }

        public override KeyInfo ReadKey(ReadKeyOptions options) => throw NotInteractive();

        public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException();

        public override void ScrollBufferContents(
            Rectangle source,
            Coordinates destination,
            Rectangle clip,
            BufferCell fill) => throw new NotSupportedException();

        public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) =>
            throw new NotSupportedException();

        public override void SetBufferContents(Rectangle rectangle, BufferCell fill) =>
            throw new NotSupportedException();
    }
}
