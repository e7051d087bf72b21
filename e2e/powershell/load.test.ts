/** The safe load by its real scripts in the engine: files stand in the place of a disk and of a share. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBounds, type LoadProgress } from '#shared/load.ts';
import { succeed, type Result } from '#shared/result.ts';
import type { LoadOrder, RunningLoad } from '../../src-main/hosts/host.ts';
import { loadPrelude, localLoad } from '../../src-main/hosts/load/local-load.ts';
import { readResource } from '../../src-main/platform/resources.ts';
import { requestLine, startLine } from '../../src-main/powershell/request-line.ts';
import type { Shell } from '../../src-main/powershell/shell.ts';
import { openSession } from '../../src-main/powershell/session.ts';
import { demoScenario } from '../../src-main/testing/demo-check.ts';
import {
  isEngineMissing,
  prepareEngine,
  startSimulatedHost,
  type PreparedEngine,
  type SimulatedHostProcess,
} from './engine.ts';
import { processesIn, processesLeftIn } from './processes.ts';

const mebibyte = 1_048_576;
const fileBytes = 80 * mebibyte;
const uniqueId = '6000000000000000000000000000A1B2';

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.message} ${result.failure.detail ?? ''}`);
  return result.value;
}

describe.skipIf(isEngineMissing())('the safe load', () => {
  let host: SimulatedHostProcess;
  let prepared: PreparedEngine;
  let shell: Shell;
  let folder = '';
  let file = '';
  let before: unknown;

  /** What a reader could have changed: content, times, neighbours. */
  const seen = () => ({
    hash: createHash('sha256').update(readFileSync(file)).digest('hex'),
    modified: statSync(file).mtimeMs,
    mode: statSync(file).mode,
    files: readdirSync(folder, { recursive: true }).sort(),
  });

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'switchyard-load-'));
    file = path.join(folder, 'large.vhdx');
    writeFileSync(file, Buffer.alloc(fileBytes, 'switchyard'));
    mkdirSync(path.join(folder, 'sub'));
    writeFileSync(path.join(folder, 'small.vhdx'), 'x');
    symlinkSync(file, path.join(folder, 'link.vhdx'));
    symlinkSync(folder, path.join(folder, 'linked'));
    const demo = demoScenario('mpio-dedicated');
    host = await startSimulatedHost({
      ...demo,
      disks: (demo.disks ?? []).map((disk) => ({ ...disk, size: fileBytes, uniqueId })),
    });
    prepared = prepareEngine({ host });
    before = seen();
    shell = openSession({ engine: prepared.engine, prelude: prelude() });
  });
  afterAll(async () => {
    await shell.close();
    await nothingIsLeft();
    await host.stop();
    prepared.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  /** Names of Windows lead to the folder of the test. */
  const stoodIn = () =>
    `function Get-LoadPath { param($Path, $Disk)
      if ($Path) { $Path.Replace('\\\\FS01\\VMs', ${quoted(folder)}).Replace('\\', '/') } else { ${quoted(file)} } }`;
  const prelude = () => loadPrelude(`${prepared.prelude}\n${stoodIn()}`);
  /** One process for the runs of most tests, where each run has one of its own. */
  const load = () =>
    localLoad(
      () => succeed(prepared.engine),
      prelude,
      () => ({ ...shell, close: () => closeRun() }),
    );
  const closeRun = async (script = 'Close-Load'): Promise<void> => {
    valueOf(await shell.run({ script, deadlineMs: 30_000 }));
  };
  const order = (wish: Partial<LoadOrder> = {}): LoadOrder => ({
    source: { kind: 'file', path: '\\\\FS01\\VMs\\large.vhdx' },
    streams: 4,
    seconds: 60,
    bytesPerSecond: 40 * mebibyte,
    bytes: 10_000 * mebibyte,
    blockBytes: loadBounds.blockBytes,
    ...wish,
  });
  const untilOver = async (running: RunningLoad): Promise<LoadProgress> => {
    for (;;) {
      const progress = valueOf(await running.progress());
      if (progress.ended !== undefined) return progress;
      await pause(100);
    }
  };
  const isUntouched = () => expect(seen()).toEqual(before);
  const nothingIsLeft = async (): Promise<void> => {
    expect(await processesLeftIn(prepared.engine.workingFolder)).toEqual([]);
    isUntouched();
  };
  /** A bound on the rate allows one burst beforehand, of a twentieth of a second or one request. */
  const most = ({ bytesPerSecond, blockBytes }: LoadOrder, seconds: number) =>
    bytesPerSecond * seconds + Math.max(blockBytes, bytesPerSecond / 20);

  test('reads a disk within its time and its rate, and leaves nothing behind', async () => {
    const wish = order({
      source: { kind: 'disk', number: 1 },
      identity: { uniqueId, sizeBytes: fileBytes },
      seconds: 1.5,
      bytesPerSecond: 60 * mebibyte,
    });
    const running = valueOf(await load().open(wish));
    const over = await untilOver(running);
    await running.close();
    expect(over).toMatchObject({ ended: 'time' });
    expect(over.bytes).toBeLessThanOrEqual(most(wish, wish.seconds));
    expect(over.bytes).toBeGreaterThan(0.7 * wish.bytesPerSecond * wish.seconds);
    expect(over.seconds).toBeLessThan(wish.seconds + 1);
    isUntouched();
  });

  test.each([
    ['one', 1],
    ['many', 8],
  ])('reads a file up to its bytes and no more, with %s', async (_, streams) => {
    const wish = order({ streams, bytes: 21 * mebibyte + 1, bytesPerSecond: 400 * mebibyte });
    const running = valueOf(await load().open(wish));
    const over = await untilOver(running);
    await running.close();
    expect(over).toMatchObject({ ended: 'bytes', bytes: 21 * mebibyte });
    isUntouched();
  });

  test('stops when it is told', async () => {
    const running = valueOf(await load().open(order()));
    await pause(200);
    const stopped = valueOf(await running.stop());
    expect(stopped.ended).toBe('stopped');
    expect(stopped.bytes).toBeGreaterThan(0);
    expect(valueOf(await running.progress())).toEqual(stopped);
    isUntouched();
  });

  test('stops by itself when nobody asks any more', async () => {
    await closeRun('$SwitchyardLoad.PatienceSeconds = 0.3');
    const running = valueOf(await load().open(order()));
    await pause(900);
    const left = valueOf(await running.progress());
    await running.close();
    await closeRun('$SwitchyardLoad.PatienceSeconds = 10');
    expect(left.ended).toBe('unattended');
    expect(left.bytes).toBeLessThanOrEqual(most(order(), 0.8));
    isUntouched();
  });

  test('has a process of its own, which is gone at once when it is closed', async () => {
    const own = localLoad(() => succeed(prepared.engine), prelude);
    const running = valueOf(await own.open(order()));
    expect(processesIn(prepared.engine.workingFolder)?.length ?? 2).toBe(2);
    await running.close();
    expect(processesIn(prepared.engine.workingFolder)?.length ?? 1).toBe(1);
    isUntouched();
  });

  test('ends with whoever started it', async () => {
    const { executable, workingFolder, environment, moduleFolders } = prepared.engine;
    const child = spawn(executable, ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', '-'], {
      cwd: workingFolder,
      env: { ...environment, PSModulePath: moduleFolders.join(path.delimiter) },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const start = startLine({
      script: readResource('powershell/session/Start-Session.ps1'),
      mark: '~0~',
      prelude: prelude(),
    });
    const request = requestLine({
      id: 'r1',
      script: readResource('powershell/load/Start-Load.ps1'),
      parameters: {
        Path: '\\\\FS01\\VMs\\large.vhdx',
        Streams: 2,
        Seconds: 100,
        BytesPerSecond: mebibyte,
        Bytes: 1e9,
      },
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stdin.write(`${start}\n${request}\n`);
    while (!said.includes('<~0~ r1 ')) await pause(50);
    child.stdin.end();
    await once(child, 'exit');
    isUntouched();
  });

  test.each<[string, Partial<LoadOrder>, RegExp]>([
    ['a link', { source: { kind: 'file', path: '\\\\FS01\\VMs\\link.vhdx' } }, /is a link/],
    [
      'a file behind a link',
      { source: { kind: 'file', path: '\\\\FS01\\VMs\\linked\\large.vhdx' } },
      /is a link/,
    ],
    ['a folder', { source: { kind: 'file', path: '\\\\FS01\\VMs\\sub' } }, /is a folder/],
    ['a small file', { source: { kind: 'file', path: '\\\\FS01\\VMs\\small.vhdx' } }, /too small/],
    ['a file that is not there', { source: { kind: 'file', path: '\\\\FS01\\VMs\\no.vhdx' } }, /no\.vhdx/],
    [
      'another disk of that number',
      { source: { kind: 'disk', number: 1 }, identity: { uniqueId: 'other', sizeBytes: fileBytes } },
      /another disk/,
    ],
    [
      'a disk of another size',
      { source: { kind: 'disk', number: 1 }, identity: { uniqueId, sizeBytes: 1 } },
      /another disk/,
    ],
    [
      'a disk that is gone',
      { source: { kind: 'disk', number: 77 }, identity: { uniqueId, sizeBytes: 1 } },
      /no disk of that number/,
    ],
  ])('does not read %s', async (_, wish, message) => {
    const refused = await load().open(order(wish));
    if (refused.ok) throw new Error('It was opened.');
    expect(`${refused.failure.message} ${refused.failure.detail ?? ''}`).toMatch(message);
    expect(refused.failure.kind).toMatch(/refused|script-error/);
  });

  test('finds files that are large enough, not behind links', async () => {
    const found = valueOf(await load().findFiles('\\\\FS01\\VMs'));
    expect(found).toEqual([{ name: 'large.vhdx', bytes: fileBytes }]);
    isUntouched();
  });

  test('asks Windows itself for the handle of a disk where .NET has none, to read alone', async () => {
    const reply = valueOf(
      await shell.run({ script: "Open-DiskHandle -Path '\\\\.\\PhysicalDrive1'", deadlineMs: 30_000 }),
    );
    // The call is made as it is defined; what fails is to find a library of Windows where there is none.
    if (process.platform === 'win32') return;
    expect(reply.fatal?.command).toBe('Open-DiskHandle');
    expect(`${reply.fatal?.exception} ${reply.fatal?.message}`).toMatch(
      /DllNotFoundException.*kernel32|ArgumentNullException.*'path1'/,
    );
  });
});
