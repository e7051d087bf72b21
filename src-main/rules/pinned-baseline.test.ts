/** What the rules make of a look that is pinned for the host. */
import { describe, expect, it } from 'vitest';
import type { Capture } from '#shared/capture.ts';
import type { Finding } from '#shared/finding.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { hostWith } from '../testing/host-with.ts';
import { factsFrom } from '../testing/rule-cases.ts';
import { session, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { runRules } from './run-rules.ts';
import { rule as pathNicDown } from './path-nic-down.rule.ts';
import { rule as pathsMissing } from './mpio-paths-missing.rule.ts';

const facts = (capture: Capture) => factsFrom(readSnapshot(capture));
const whole = hostWith(twoIscsiAdapters);
/** After a restart: one session was not made again, so that nothing on the host speaks of the other one. */
const half: Partial<Scenario> = {
  ...twoIscsiAdapters,
  iscsi: { ...twoIscsiAdapters.iscsi, sessions: [session('10.0.10.11', '10.0.10.101')] },
};
const unplugged: Partial<Scenario> = {
  ...half,
  adapters: twoIscsiAdapters.adapters.map((adapter) =>
    adapter.name === 'iSCSI2' ? { ...adapter, status: 'Disconnected' } : adapter,
  ),
};

function found(host: Partial<Scenario>, baseline?: Capture): readonly Finding[] {
  const settings = baseline && { baseline: facts(baseline) };
  return runRules(facts(hostWith(host)), [pathsMissing, pathNicDown], settings).findings;
}

describe('with a baseline', () => {
  it('a disk with fewer live paths than then is reported', () => {
    expect(found(half)).toEqual([]);
    expect(found(half, whole)).toMatchObject([
      {
        rule: 'mpio-paths-missing',
        severity: 'warning',
        message: expect.stringMatching(
          /^Disk 1 has 1 of 2 paths: the baseline of \d{4}-\d\d-\d\d has 2\.$/,
        ) as string,
      },
    ]);
  });

  it('an adapter that carried storage then and has no link now is reported', () => {
    expect(found(unplugged).map(({ rule }) => rule)).not.toContain('path-nic-down');
    expect(found(unplugged, whole)).toContainEqual(
      expect.objectContaining({
        rule: 'path-nic-down',
        severity: 'warning',
        message: expect.stringMatching(
          /^iSCSI2 carried storage in the baseline and has no link .*: the paths over it are gone\.$/,
        ) as string,
      }),
    );
  });

  it('a host that is as it was is quiet, and more than then is no fault', () => {
    expect(found(twoIscsiAdapters, whole)).toEqual([]);
    expect(found(twoIscsiAdapters, hostWith(half))).toEqual([]);
  });
});
