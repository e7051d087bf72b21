/** Changes from the terminal: what is shown, what confirms it, and what the exit codes say. */
import { expect, run, test } from '../launch.ts';

const demo = ['--demo', 'converged-2012r2'];
const finding = 'same-member';

test('plan shows, fix does only the very plan that was confirmed, and the demo has no history', async () => {
  const planned = await run(['plan', finding, ...demo, '--json']);
  expect(planned.code).toBe(0);
  const { hash } = JSON.parse(planned.out) as { hash: string };
  expect(hash).toMatch(/^[0-9a-f]{64}$/);

  const dry = await run(['fix', finding, ...demo, '--dry-run']);
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toContain(`Plan ${hash}`);
  expect(dry.out).not.toContain('The host now');

  const wrong = await run([
    'fix',
    finding,
    ...demo,
    '--yes',
    hash.replace(/^./, (one) => (one === '0' ? '1' : '0')),
  ]);
  expect(wrong.code).toBe(3);
  expect(wrong.err).toContain('The plan is another by now than the one of --yes.');
  expect(wrong.out).not.toContain('The host now');

  const unconfirmed = await run(['fix', finding, ...demo]);
  expect(unconfirmed.code).toBe(3);
  expect(unconfirmed.err).toContain(`--yes ${hash}`);

  const done = await run(['fix', finding, ...demo, '--yes', hash]);
  expect(done.code).toBe(1);
  expect(done.out).toContain('Every step is done and verified, and yet');
  expect(done.out).toContain('The host now');

  const history = await run(['history', ...demo, '--json']);
  expect({ code: history.code, entries: JSON.parse(history.out) as unknown }).toEqual({
    code: 0,
    entries: [],
  });
  const rollback = await run(['rollback', 'no-such-change', ...demo, '--yes']);
  expect(rollback.code).toBe(64);
  expect(rollback.err).toContain('The history has no change "no-such-change".');
});
