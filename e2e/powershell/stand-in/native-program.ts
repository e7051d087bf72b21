/**
 * Stands in for a console program of Windows, asked from the simulated host: its lines to standard output, 1 as exit code
 * on an error, unless the host says another one. `node native-program.ts NAME ARGUMENT...`
 */
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { openWire } from '../wire.ts';

const [name, ...given] = process.argv.slice(2);
const wire = await openWire(process.env['SWITCHYARD_SIMULATED_HOST'] ?? '');
const answer = (await wire.ask({ kind: 'call', call: { name, parameters: { arguments: given } } })) as {
  output: readonly string[];
  errors: readonly { message: string }[];
  delayMs?: number;
  exitCode?: number;
};
wire.close();
await pause(answer.delayMs ?? 0);
for (const line of [...answer.output, ...answer.errors.map(({ message }) => message)]) console.log(line);
process.exitCode = answer.exitCode ?? (answer.errors.length > 0 ? 1 : 0);
