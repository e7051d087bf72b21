/** `switchyard report`: one look at a host as a document that can be handed on. */
import { nothingObserved } from '#shared/observed-paths.ts';
import { reportFormats, type ReportFormat } from '#shared/report-file.ts';
import { visibleText } from '#shared/visible-text.ts';
import { checkCapture } from '../app/check.ts';
import { makeReport } from '../app/make-report.ts';
import { writeWholeFile } from '../platform/write-file.ts';
import { defineCommand, judgingHelp, judgingOptions, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { lookWithSettings, remarkIgnored } from './look.ts';
import { showFailure } from './show-failure.ts';

const formatOf: Readonly<Record<string, ReportFormat>> = {
  html: 'html',
  htm: 'html',
  md: 'markdown',
  markdown: 'markdown',
};

export const command = defineCommand({
  help: `switchyard report: a document about a host: its paths as a map, what is wrong, what every target can get

  switchyard report -o FILE [--format html|markdown] [--redact] [--capture FILE | --demo NAME | --host local]

  -o, --output FILE   where to
  --format FORMAT     html: one file that needs nothing else, for reading and for paper
                      markdown: for tickets and wikis
                      left out: by the ending of FILE (.html, .md)
  --redact            stand-ins for names, addresses, iSCSI names, MAC addresses and serial numbers
  -h, --help          this text

${judgingHelp}

The same capture gives the same report, so two can be compared; with --redact the stand-ins differ each time.

Exit code
  0  written      3  no storage path could be observed, or the file could not be written      64  a wrong call`,
  options: {
    ...judgingOptions,
    output: { type: 'string', short: 'o' },
    format: { type: 'string', choices: reportFormats },
    redact: { type: 'boolean' },
  },
  run: async (options, terminal) => {
    const { output, redact } = options;
    if (output === undefined) {
      throw new WrongCall('Where should the report go?', 'Give -o FILE, such as -o host.html.');
    }
    const format = formatNamed(options.format, output);
    const looked = await lookWithSettings(options, terminal);
    if (!looked.ok) return showFailure(looked.failure, terminal);
    const { capture, origin, settings } = looked.value;
    remarkIgnored(settings, terminal);
    const check = checkCapture(capture, origin.source, settings);
    const { text } = makeReport({ capture, origin, check }, { format, isRedacted: redact });
    const written = await writeWholeFile(output, text);
    if (!written.ok) return showFailure(written.failure, terminal);
    terminal.answer(visibleText(`Wrote ${output}${redact ? ', which names nothing of the host' : ''}.`));
    const nothing = nothingObserved(check);
    return nothing ? showFailure({ ...nothing, kind: 'unexpected' }, terminal) : exitCodes.fine;
  },
});

/** The value of --format is one of its choices. Throws {@link WrongCall} where nothing says what it should be. */
function formatNamed(format: string | undefined, output: string): ReportFormat {
  if (format !== undefined) return format as ReportFormat;
  const ending = /\.([a-z]+)$/i.exec(output)?.[1]?.toLowerCase() ?? '';
  const found = Object.hasOwn(formatOf, ending) ? formatOf[ending] : undefined;
  if (found === undefined) {
    throw new WrongCall(
      'The ending of the file does not say what the report should be.',
      `Give --format ${reportFormats.join(' or --format ')}, or a name that ends in .html or .md.`,
    );
  }
  return found;
}
