/** Simulations, expectations and pairings in the terminal: exit codes, formats, wrong names. */
import { expect, run, test } from '../launch.ts';

const object = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

test('what-if says that it is a simulation, and ends with 1 only where storage would be lost', async () => {
  const kept = await run(['what-if', '--demo', 'mpio-dedicated', '--fail', 'adapter:iSCSI-A']);
  expect(kept.code).toBe(0);
  expect(kept.out).toMatch(/^SIMULATION: nothing on the host is changed\./);
  expect(kept.out).toContain('2 of 4 paths are left');

  const lost = await run([
    'what-if',
    '--demo',
    'mpio-dedicated',
    '--fail',
    'iSCSI-A',
    '--fail',
    'iscsi-b',
    '--json',
  ]);
  expect(lost.code).toBe(1);
  expect(lost.err).toBe('');
  expect(object(lost.out)).toMatchObject({
    format: 'switchyard-what-if',
    version: 1,
    isSimulation: true,
    targets: [{ kind: 'iscsi', fate: 'lost', pathsBefore: 4, pathsAfter: 0 }],
    lostDisks: [{ name: 'Disk 1' }, { name: 'Disk 2' }, { name: 'Disk 3' }],
    check: { format: 'switchyard-check' },
  });
});

for (const [words, hint] of [
  [['--fail', 'iSCSI-C'], /Did you mean "adapter:iSCSI-A"/],
  [['--fail', 'team:iSCSI-A'], /Nothing that can fail is called "iSCSI-A"|Did you mean/],
  [['--add', 'session:10.9.9.9,10.0.11.101'], /no address 10\.9\.9\.9/],
  [['--add', 'cable:X'], /session:INITIATOR,PORTAL/],
  [[], /--fail THING/],
] as const) {
  test(`what-if ${words.join(' ')} is a wrong call with a hint`, async () => {
    const { code, out, err } = await run(['what-if', '--demo', 'mpio-dedicated', ...words]);
    expect(code).toBe(64);
    expect(out).toBe('');
    expect(err).toMatch(hint);
  });
}

test('expect and pairing answer for one target or all, and refuse a name that none has', async () => {
  const expected = await run(['expect', 'vol1', '--demo', 'iscsi-on-team']);
  expect(expected.code).toBe(0);
  expect(expected.out).toContain('shows it as 113 MB/s');
  const pairs = await run(['pairing', '--demo', 'mpio-dedicated', '--json']);
  expect(pairs.code).toBe(0);
  expect(object(pairs.out)).toMatchObject({
    format: 'switchyard-pairing',
    targets: [{ expectedSessions: 4, pairedSessions: 4 }],
  });
  expect((await run(['pairing', 'vol9', '--demo', 'mpio-dedicated'])).code).toBe(64);
});
