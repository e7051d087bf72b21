using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Switchyard.Engine;

/// <summary>
/// Standard output and error as Windows PowerShell 5.1 has them: lines end with CR LF and text leaves in the OEM code
/// page. A change of the output encoding makes new writers there, so a NewLine that was set before is lost; here too.
/// </summary>
internal static class WindowsConsole
{
    private const int OemCodePage = 437;

    public static void Install()
    {
        Console.OutputEncoding = Encoding.GetEncoding(OemCodePage);
        Console.SetOut(new Writer(Console.OpenStandardOutput()));
        Console.SetError(new Writer(Console.OpenStandardError()));
    }

    public static TextReader OpenInput() =>
        new StreamReader(Console.OpenStandardInput(), Encoding.GetEncoding(OemCodePage), false, 1 << 16);

    private sealed class Writer(Stream stream) : TextWriter
    {
        private static readonly string WindowsNewLine =
            Environment.GetEnvironmentVariable("SWITCHYARD_ENGINE_NEWLINE") == "lf" ? "\n" : "\r\n";

        private readonly Lock gate = new();
        private Encoding seen = Console.OutputEncoding;
        private string newLine = WindowsNewLine;

        public override Encoding Encoding => Console.OutputEncoding;

        [AllowNull]
        public override string NewLine
        {
            get
            {
                Renew();
                return newLine;
            }
            set
            {
                Renew();
                newLine = value ?? WindowsNewLine;
            }
        }

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(string? value)
        {
            Renew();
            Put(value);
        }

        public override void WriteLine() => Write(NewLine);

        public override void WriteLine(string? value)
        {
            Renew();
            Put(value + newLine);
        }

        public override void Flush() => stream.Flush();

        private void Renew()
        {
            if (ReferenceEquals(seen, Console.OutputEncoding)) return;
            seen = Console.OutputEncoding;
            newLine = WindowsNewLine;
        }

        private void Put(string? text)
        {
            if (string.IsNullOrEmpty(text)) return;
            var bytes = seen.GetBytes(text);
            lock (gate)
            {
                stream.Write(bytes);
                stream.Flush();
            }
        }
    }
}
