/** `switchyard export`: the samples of a capture as a table for other programs. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { counted } from '#shared/units.ts';
import { visibleText } from '#shared/visible-text.ts';
import { exportSamples } from '../app/export-samples.ts';
import { csvRow } from '../report/csv.ts';
import { defineCommand, WrongCall } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { showFailure } from './show-failure.ts';

const columns = [
  'time',
  'kind',
  'name',
  'measure',
  'direction',
  'part',
  'value',
  'unit',
  'source',
  'estimate',
  'id',
];

export const command = defineCommand({
  help: `switchyard export: the samples of a capture as a table for other programs

  switchyard export FILE --csv [-o OUT]

  FILE               a capture with samples, as "switchyard record" writes it
  --csv              comma-separated values: a row for each value, with its time, thing, measure and unit
  -o, --output OUT   where to, a file that is not there yet; standard output where it is left out
  -h, --help         this text

A moment at which something could not be told has no row. Texts that a spreadsheet would take for formulas begin with
an apostrophe.

Exit code
  0  written      3  the file could not be read, or holds no samples      64  a wrong call`,
  options: {
    file: { type: 'string', isWord: true },
    csv: { type: 'boolean' },
    output: { type: 'string', short: 'o' },
  },
  run: async ({ file, csv, output }, terminal) => {
    if (file === undefined) throw new WrongCall('Which capture?', 'Such as: switchyard export FILE --csv');
    if (!csv) throw new WrongCall('As what?', 'Give --csv.');
    const to =
      output === undefined ? process.stdout : createWriteStream(output, { flags: 'wx', mode: 0o600 });
    const broken = new Promise<Error>((resolve) => to.once('error', resolve));
    const write = async (text: string): Promise<void> => {
      if (text !== '' && !to.write(text)) await Promise.race([once(to, 'drain'), broken]);
    };
    let values = 0;
    const exported = await exportSamples(file, async (measured) => {
      // Not before there is something: what cannot be read leaves no half a table.
      if (values === 0 && measured.length > 0) await write(csvRow(columns));
      values += measured.length;
      const rows = measured.map(({ timeMs, value, series }) =>
        csvRow([
          new Date(timeMs).toISOString(),
          series.subject.kind,
          series.subject.name,
          series.measure,
          series.direction,
          series.part,
          value,
          series.unit,
          series.source,
          series.estimate ?? '',
          series.id,
        ]),
      );
      await write(rows.join(''));
    });
    if (output !== undefined) {
      to.end();
      const failed = await finished(to).catch((error: unknown) => error);
      if (failed instanceof Error) {
        const isThere = (failed as NodeJS.ErrnoException).code === 'EEXIST';
        terminal.remark(
          `switchyard: ${visibleText(output)} could not be written: ${isThere ? 'there is such a file already' : visibleText(failed.message)}.`,
        );
        return exitCodes.notMade;
      }
    }
    if (!exported.ok) return showFailure(exported.failure, terminal);
    if (values === 0) {
      terminal.remark(
        `switchyard: ${visibleText(file)} holds ${counted(exported.value.sampleCount, 'sample')}; a rate needs two.`,
      );
      return exitCodes.notMade;
    }
    if (output !== undefined) terminal.answer(visibleText(`Wrote ${output}: ${counted(values, 'value')}.`));
    return exitCodes.fine;
  },
});
