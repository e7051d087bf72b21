/** `switchyard spread`: verdicts on traffic that was counted, and on traffic that is counted now. */
import { expect, run, test } from '../launch.ts';

test('spread says of a recording what carries what, and warns where it costs', async () => {
  const { code, out, err } = await run(['spread', '--demo', 'iscsi-on-team', '--json']);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(JSON.parse(out)).toMatchObject({
    format: 'switchyard-spread',
    version: 1,
    source: 'demo',
    verdict: 'one-path',
    warns: true,
    targets: [{ verdict: 'one-path', cost: 'costs', direction: 'read' }],
  });
});

test('spread counts a host that nobody has counted, and ends with 0 where traffic spreads', async () => {
  test.slow();
  const { code, out } = await run(['spread', '--demo', 'converged-set', '--for', '30s']);
  expect(out).toMatch(/SPREADS {2}iqn\.2010-01\.example\.storage/);
  expect(out).toMatch(/WHOSE TRAFFIC\n {2}9\d % of .* belongs to storage/);
  expect(code).toBe(0);
});

test('spread refuses a time that is too short to tell anything', async () => {
  const { code, err } = await run(['spread', '--demo', 'converged-set', '--for', '5s']);
  expect(code).toBe(64);
  expect(err).toContain('from 30s to 60m');
});
