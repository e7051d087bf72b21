/**
 * `npm start` in a checkout: the desktop window where the Electron binary is there or can be fetched, the browser
 * mode otherwise. On Windows it looks at this machine, elsewhere at a demo host.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import process from 'node:process';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);

/** What a checkout shows where there is no Windows to look at. */
const demo = 'iscsi-on-team';

/** Electron's installer fails at once without a network; with a bad one it must not keep the person waiting. */
const fetchLimitMs = 10_000;

/** Path of the Electron executable, or undefined where there is none and none can be fetched. */
function electronExecutable(): string | undefined {
  if (process.env['SWITCHYARD_SHELL'] === 'browser') return undefined;
  const home = path.dirname(require.resolve('electron/package.json'));
  const find = (): string | undefined => {
    const pathFile = path.join(home, 'path.txt');
    if (!existsSync(pathFile)) return undefined;
    const executable = path.join(home, 'dist', readFileSync(pathFile, 'utf8'));
    return existsSync(executable) ? executable : undefined;
  };
  const found = find();
  if (found !== undefined) return found;
  console.error('Fetching the Electron binary (10 s at most) ...');
  spawnSync(process.execPath, [path.join(home, 'install.js')], { stdio: 'ignore', timeout: fetchLimitMs });
  return find();
}

function build(): void {
  const built = spawnSync(process.execPath, [path.join(root, 'packaging', 'build.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (built.status !== 0) {
    console.error('The pages could not be built; the lines above say why. Nothing was started.');
    process.exit(1);
  }
}

const passedOn = process.argv.slice(2);
const hostChosen = passedOn.some((argument) => /^--(demo|capture|host)\b/.test(argument));
const host = hostChosen || process.platform === 'win32' ? passedOn : ['--demo', demo, ...passedOn];

const executable = electronExecutable();
build();
if (executable === undefined) {
  console.log('No Electron binary here: Switchyard opens in the browser instead of a window of its own.');
}
const [command, args] =
  executable === undefined
    ? [process.execPath, [path.join(root, 'src-main', 'cli', 'index.ts'), 'serve', ...host]]
    : [executable, [root, ...host]];
const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
child.on('error', (error) => {
  console.error(`Could not start ${command}: ${error.message}`);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});
// Ctrl-C reaches the child as well: it says goodbye, we only wait for it.
process.on('SIGINT', () => undefined);
