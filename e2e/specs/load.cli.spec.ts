/** `switchyard load`: the plan, what is refused, a run within its bounds, and the stop. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, root, run, test } from '../launch.ts';

test('load shows what it would read and reads nothing that nobody confirmed', async () => {
  const { code, out, err } = await run(['load', '1', '--demo', 'iscsi-on-team', '--rate', '80M']);
  expect(code).toBe(3);
  expect(out).toMatch(/Opens +\\\\\.\\PhysicalDrive1, to read alone/);
  expect(out).toMatch(/single stream 1 Gb\/s, guaranteed 1 Gb\/s, possible 1 Gb\/s/);
  expect(out).toMatch(/Now +[\d.]+ MB\/s are read from it already/);
  expect(out).toContain('It takes up to 80 Mb/s, 8 % of the 1 Gb/s that are certain from vol1');
  expect(err).toContain('Nothing was read. To do it: --yes');
});

test('load refuses what is no plain read, by name', async () => {
  const file = await run(['load', '\\\\FS01\\VMs\\..\\C$\\a.vhdx', '--demo', 'smb-stuck', '--yes']);
  expect(file).toMatchObject({ code: 3, err: '' });
  expect(file.out).toContain('NOT READ\n  - That is no plain name of a file.');
  const wrong = await run(['load', '1', '--for', '3s', '--demo', 'smb-stuck']);
  expect(wrong.code).toBe(64);
  expect(wrong.err).toContain('--for can be from 12s to 120s');
});

test('load keeps to its bytes and tells what it saw, for programs too', async () => {
  const words = [
    'load',
    '1',
    '--demo',
    'mpio-dedicated',
    '--bytes',
    '200M',
    '--rate',
    '1G',
    '--yes',
    '--json',
  ];
  const { code, out, err } = await run(words);
  const told = JSON.parse(out) as { runs: { bytes: number; ended: string }[] };
  expect(told).toMatchObject({
    format: 'switchyard-load',
    version: 1,
    read: { kind: 'disk', number: 1 },
    bounds: { bytes: 200_000_000, bitsPerSecond: 1_000_000_000 },
  });
  expect(told.runs.map(({ ended }) => ended)).toEqual(['bytes', 'bytes']);
  expect(told.runs.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(200_000_000);
  // Too short for three windows: nothing is concluded from it.
  expect({ code, isSaid: err.includes('Nothing could be judged') }).toEqual({ code: 3, isSaid: true });
});

test('Ctrl-C stops a load, and what was seen is told', async () => {
  const cli = path.join(root, 'src-main/cli/index.ts');
  const child = spawn(process.execPath, [cli, 'load', '1', '--demo', 'mpio-dedicated', '--yes'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let isStopped = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (isStopped || !/1 reader: \d of 20 s/.test(said)) return;
      isStopped = child.kill('SIGINT');
    });
  }
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(3);
  expect(said).toMatch(/ended after \d seconds, because it was stopped/);
});
