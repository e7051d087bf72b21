/** What goes wrong around a command: a full disk, a profile that cannot be written, Ctrl-C, another instance. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, root, run, test } from '../launch.ts';

const cli = path.join(root, 'src-main/cli/index.ts');

test('a capture onto a full disk is said to be none', async () => {
  test.skip(!existsSync('/dev/full'), 'Only Linux has a device that is always full.');
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-full-'));
  const { code, err } = await run(['capture', '--demo', 'iscsi-on-team', '-o', '/dev/full']);
  expect(code).toBe(3);
  expect(err).toContain('/dev/full');
  expect(err).not.toContain('Something went wrong inside');
  rmSync(folder, { recursive: true });
});

test('a profile that cannot be written stops no check', async ({ serve }) => {
  const nowhere = { XDG_CONFIG_HOME: '/dev/null/none', LOCALAPPDATA: 'Q:\\none' };
  const check = await run(['check', '--demo', 'iscsi-on-team'], nowhere);
  expect(check.code).toBe(2);
  expect(check.out).toContain('iSCSI');
  const doctor = await run(['doctor', '--json'], nowhere);
  const { lines } = JSON.parse(doctor.out) as { lines: { id: string; state: string }[] };
  expect(lines).toContainEqual(expect.objectContaining({ id: 'folder', state: 'limited' }));
  const served = await serve(['--demo', 'iscsi-on-team'], nowhere);
  await served.waitFor(/No log is written any more to .*Everything else goes on\./);
  expect((await fetch(served.origin)).status).toBe(200);
});

test('Ctrl-C ends every command', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-interrupted-'));
  const calls = [
    ['check', '--demo', 'large'],
    ['capture', '--demo', 'large', '-o', path.join(folder, 'x.json')],
    ['what-if', '--fail', 'NIC2', '--demo', 'mpio-dedicated'],
    ['expect', '--demo', 'large'],
    ['pairing', '--demo', 'mpio-dedicated'],
    ['report', '--demo', 'large', '-o', path.join(folder, 'x.html')],
    ['load', '1', '--demo', 'mpio-dedicated', '--yes'],
    ['rules'],
    ['doctor'],
    ['serve', '--demo', 'large'],
  ];
  const ended = calls.map(async (words, index) => {
    const child = spawn(process.execPath, [cli, ...words], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
    child.stdout.resume();
    const closed = new Promise<string>((resolve) =>
      child.on('close', (code, signal) => resolve(String(code ?? signal))),
    );
    // Again and again, as people press it: before it runs, while it looks, while it writes.
    const pressing = setInterval(() => child.kill('SIGINT'), 100 + 200 * index);
    const how = await closed;
    clearInterval(pressing);
    return { words: words[0], how, isCrash: /\n\s+at |went wrong inside/.test(said) };
  });
  for (const { words, how, isCrash } of await Promise.all(ended)) {
    expect({ words, isCrash }).toEqual({ words, isCrash: false });
    expect(how).toMatch(/^(?:[0-3]|130|SIGINT)$/);
  }
  // A whole file or none, and nothing half beside it.
  expect(readdirSync(folder).filter((name) => !/^x\.(?:json|html)$/.test(name))).toEqual([]);
  rmSync(folder, { recursive: true });
});

test('two browser shells at once know nothing of each other', async ({ serve }) => {
  const one = await serve(['--demo', 'iscsi-on-team']);
  const other = await serve(['--demo', 'mpio-dedicated']);
  expect(one.origin).not.toBe(other.origin);
  const swap = (origin: string, code: string): Promise<Response> =>
    fetch(`${origin}/session`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    });
  expect((await swap(other.origin, one.code)).ok).toBe(false);
  expect((await swap(one.origin, one.code)).ok).toBe(true);
});
