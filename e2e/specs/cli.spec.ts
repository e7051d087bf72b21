/** The terminal: answers, exit codes, and what a wrong call is told. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, root, run, test, type Ended } from '../launch.ts';

interface CheckJson {
  format: string;
  version: number;
  source: string;
  findings: { rule: string; severity: string; id: string }[];
  rules: { rule: string; result: string; reason?: string }[];
  targets: { singleStreamCeiling: number | null; unit: string; kind: string }[];
  summary: { errors: number; warnings: number; notEvaluated: number };
}

// eslint-disable-next-line no-control-regex -- Control characters are what this is about.
const escapes = /\u001b/;
const json = (out: string): CheckJson => JSON.parse(out) as CheckJson;
const inFolder = async (act: (folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-cli-'));
  try {
    await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('check of a bad host ends with 2, its JSON alone on standard output', async () => {
  const { code, out, err } = await run(['check', '--demo', 'iscsi-on-team', '--json']);
  expect(code).toBe(2);
  expect(err).toBe('');
  const check = json(out);
  expect(check).toMatchObject({ format: 'switchyard-check', version: 1, source: 'demo' });
  expect(check.findings).toContainEqual(
    expect.objectContaining({ rule: 'iscsi-on-team', severity: 'error' }),
  );
  expect(check.findings).toContainEqual(
    expect.objectContaining({ rule: 'single-session', severity: 'warning' }),
  );
  expect(check.targets).toContainEqual(
    expect.objectContaining({ kind: 'iscsi', singleStreamCeiling: 1_000_000_000, unit: 'bit/s' }),
  );
});

test('check of a good host ends with 0', async () => {
  const { code, out } = await run(['check', '--demo', 'converged-set', '--json']);
  expect(code).toBe(0);
  expect(json(out).summary).toMatchObject({ errors: 0, warnings: 0 });
});

test('check of a host that answers nothing ends with 3, and says why on standard error', async () => {
  const { code, out, err } = await run(['check', '--demo', 'everything-failed', '--json']);
  expect(code).toBe(3);
  expect(err).toContain('nothing could be checked');
  const { rules } = json(out);
  expect(rules.length).toBeGreaterThan(0);
  for (const { rule, result, reason } of rules) {
    // What nobody asked for, by choosing a profile, counting or naming another node, was not looked for either.
    const isUnasked =
      /No vendor profile is chosen|nobody counted|Nobody asked|One host alone is looked at/.test(
        reason ?? '',
      );
    expect([rule, result]).toEqual([rule, isUnasked ? 'not-applicable' : 'not-evaluated']);
    expect(reason).toMatch(/\S/);
  }
});

test('check in words is the same with colour as without', async () => {
  const words = ['check', '--demo', 'iscsi-on-team'];
  const plain = await run(words);
  const silenced = await run(words, { NO_COLOR: '1', FORCE_COLOR: '1' });
  const coloured = await run(words, { FORCE_COLOR: '1' });
  expect(plain.out).toContain('demo host iscsi-on-team (simulated)');
  expect(plain.out).toMatch(/ERROR .*\[iscsi-on-team\]/);
  expect(plain.out).toContain('Single stream   1 Gb/s');
  expect(plain.out).not.toMatch(escapes);
  expect(silenced.out).not.toMatch(escapes);
  expect(coloured.out).toMatch(escapes);
});

for (const [level, code] of [
  ['never', 0],
  ['error', 2],
  ['warning', 2],
  ['not-evaluated', 2],
] as const) {
  test(`check --fail-on ${level} of a bad host ends with ${code}`, async () => {
    expect((await run(['check', '--demo', 'iscsi-on-team', '--fail-on', level])).code).toBe(code);
  });
}

test('a capture with packets sent is judged as the host that sent them', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'packets.capture.json');
    expect(await run(['capture', '--demo', 'large', '--probe-packets', '-o', file])).toMatchObject({
      code: 0,
    });
    const there = await run(['check', '--capture', file, '--json']);
    const shown = await run(['check', '--demo', 'large', '--probe-packets', '--json']);
    const of = (out: string) => json(out).findings.filter(({ rule }) => rule === 'path-mtu');
    expect(of(there.out)).toEqual(of(shown.out));
    expect(of(there.out)).toHaveLength(1);
  });
});

test('a capture of a host is judged as the host is', async () => {
  await inFolder(async (folder) => {
    for (const name of ['one.capture.json', 'two.capture.json.gz']) {
      const file = path.join(folder, name);
      const captured = await run(['capture', '-o', file, '--demo', 'iscsi-on-team']);
      expect(captured).toMatchObject({ code: 0, err: '' });
      expect(captured.out).toMatch(/^Wrote .*\d+ of \d+ observations answered\.\n$/);
      const bytes = readFileSync(file);
      const text = name.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
      expect(JSON.parse(text)).toMatchObject({ format: 'switchyard-capture', version: 1 });
      const fromFile = await run(['check', '--capture', file, '--json']);
      const fromDemo = await run(['check', '--demo', 'iscsi-on-team', '--json']);
      expect(fromFile.code).toBe(2);
      expect(json(fromFile.out).source).toBe('capture');
      // A demo counts its traffic up to now, which is another moment in each.
      const findings = ({ out }: Ended) => json(out).findings.map((one) => ({ ...one, measured: undefined }));
      expect(findings(fromFile)).toEqual(findings(fromDemo));
    }
  });
});

test('a capture of a host that answers nothing ends with 3', async () => {
  await inFolder(async (folder) => {
    const captured = await run(['capture', '-o', path.join(folder, 'x.json'), '--demo', 'everything-failed']);
    expect(captured.code).toBe(3);
    expect(captured.err).toContain('Nothing of the host could be observed');
  });
});

test('a file that is no capture ends with 3 and names the file', async () => {
  await inFolder(async (folder) => {
    const file = path.join(folder, 'broken.json');
    writeFileSync(file, '{"format": "switchyard-capture", "ver');
    const broken = await run(['check', '--capture', file, '--json']);
    expect(broken).toMatchObject({ code: 3, out: '' });
    expect(broken.err).toContain('broken.json');
    const missing = await run(['check', '--capture', path.join(folder, 'none.json')]);
    expect(missing).toMatchObject({ code: 3, out: '' });
    expect(missing.err).toContain('none.json');
  });
});

test('without a host, where this is no Windows, it ends with 3 and says what to do', async () => {
  test.skip(process.platform === 'win32', 'this machine is a host');
  for (const words of [['check'], ['check', '--host', 'local'], ['capture', '-o', 'x.json'], ['serve']]) {
    const ended = await run(words);
    expect(ended).toMatchObject({ code: 3, out: '' });
    expect(ended.err).toMatch(/--capture FILE/);
    expect(ended.err).toMatch(/--demo/);
  }
});

for (const [words, hint] of [
  [[], /check, capture, .*demos/],
  [['chekc'], /Did you mean switchyard check\?/],
  [['--json'], /The command comes first/],
  [['check', '--jsno'], /Did you mean --json\?/],
  [['check', '--demo', 'iscsi-on-taem'], /Did you mean --demo iscsi-on-team\?/],
  [['check', '--demo', 'nothing-like-it'], /There are: .*iscsi-on-team/],
  [['check', '--demo'], /needs a value/],
  [['check', '--demo', 'large', '--capture', 'x'], /one of --capture, --demo and --host/],
  [['check', '--host', 'HV02'], /--host local/],
  [['check', 'iscsi-on-team'], /Nothing is expected at "iscsi-on-team"/],
  [['check', '--fail-on', 'errors'], /Did you mean --fail-on error\?/],
  [['capture', '--demo', 'large'], /Give -o FILE/],
  [['check', '--capture', 'x', '--probe-packets'], /on the host with --probe-packets/],
  [['serve', '--demo', 'large', '--port', '70000'], /0 to 65535/],
] as const) {
  test(`the wrong call "${words.join(' ')}" ends with 64 and a hint`, async () => {
    const ended = await run(words);
    expect(ended).toMatchObject({ code: 64, out: '' });
    expect(ended.err).toMatch(hint);
    expect(ended.err).toMatch(/^switchyard: /);
  });
}

test('help is everywhere, and the version', async () => {
  for (const words of [['--help'], ['-h'], ['help']]) {
    const ended = await run(words);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toContain('switchyard COMMAND');
  }
  for (const command of ['check', 'capture', 'serve', 'demos']) {
    for (const words of [
      [command, '--help'],
      [command, '-h'],
      ['help', command],
      [command, '--nonsense', '-h'],
    ]) {
      const ended = await run(words);
      expect(ended, words.join(' ')).toMatchObject({ code: 0, err: '' });
      expect(ended.out).toContain(`switchyard ${command}`);
    }
  }
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(await run(['--version'])).toMatchObject({ code: 0, out: `switchyard ${version}\n` });
});

test('demos lists every demo host', async () => {
  const { code, out } = await run(['demos']);
  expect(code).toBe(0);
  for (const demo of [
    'iscsi-on-team',
    'converged-2012r2',
    'converged-set',
    'mpio-dedicated',
    'smb-stuck',
    'large',
  ]) {
    expect(out).toMatch(new RegExp(`^${demo}$`, 'm'));
  }
});

test('a reader that goes away is no crash', () => {
  test.skip(process.platform === 'win32', 'there is no /bin/sh');
  const script = `"${process.execPath}" src-main/cli/index.ts check --demo large | head -n 1`;
  const piped = spawnSync('/bin/sh', ['-c', script], { cwd: root, encoding: 'utf8' });
  expect(piped.stderr).toBe('');
  expect(piped.stdout.split('\n')).toHaveLength(2);
});

test('serve prints a link and the findings in brief, and ends with 130 on Ctrl-C', async ({ serve }) => {
  const served = await serve(['--demo', 'iscsi-on-team']);
  await served.waitFor(/1 error/);
  await served.waitFor(/ERROR .*LBFO/);
  expect(served.written()).toContain('demo host iscsi-on-team (simulated)');
  served.process.kill('SIGINT');
  expect((await served.ended).code).toBe(130);
});

test('serve takes the port it is given, and says when it cannot have it', async ({ serve }) => {
  const first = await serve(['--demo', 'iscsi-on-team']);
  const port = new URL(first.origin).port;
  const second = await run(['serve', '--demo', 'iscsi-on-team', '--port', port]);
  expect(second).toMatchObject({ code: 3, out: '' });
  expect(second.err).toContain(`Port ${port}`);
});

test('serve ends when its owner is gone', async () => {
  test.skip(process.platform === 'win32', 'there is no /bin/sh');
  await inFolder(async (folder) => {
    const written = path.join(folder, 'written');
    // The shell between us waits for a line; its child has neither a terminal nor a pipe from anyone.
    const serve = `"${process.execPath}" src-main/cli/index.ts serve --demo iscsi-on-team < /dev/null > "${written}" 2>&1`;
    const shell = spawn('/bin/sh', ['-c', `${serve} & echo $!; read line`], { cwd: root });
    const id = Number(await new Promise((resolve) => shell.stdout.once('data', resolve)));
    expect(id).toBeGreaterThan(0);
    await expect.poll(() => readFileSync(written, 'utf8')).toContain('#');
    expect(isRunning(id)).toBe(true);
    shell.stdin.end();
    await expect.poll(() => isRunning(id), { timeout: 30_000 }).toBe(false);
  });
});

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
