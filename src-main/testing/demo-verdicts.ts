/** What the configuration of each demo host with storage implies for its traffic. */
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import type { SpreadVerdictId } from '#shared/spread.ts';
import { demoScenario } from './demo-check.ts';

interface ImpliedVerdict {
  readonly demo: string;
  /** A part of its name. */
  readonly target: string;
  readonly verdict: SpreadVerdictId;
  readonly reason?: RegExp;
}

export const impliedVerdicts: readonly ImpliedVerdict[] = [
  {
    demo: 'iscsi-on-team',
    target: 'vol1',
    verdict: 'one-path',
    reason: /one session with one connection/,
  },
  { demo: 'converged-set', target: 'storage', verdict: 'spreads' },
  {
    demo: 'converged-2012r2',
    target: 'storage',
    verdict: 'one-path',
    reason: /stand on the same member, NIC\d/,
  },
  { demo: 'mpio-dedicated', target: 'array1', verdict: 'spreads' },
  { demo: 's2d-set', target: 'HV07', verdict: 'spreads' },
  {
    demo: 'smb-stuck',
    target: 'FS01',
    verdict: 'one-path',
    reason: /SMB uses one interface to FS01: SMB-B could reach it as well/,
  },
  { demo: 'fibre-channel', target: 'Disk 1', verdict: 'spreads' },
  { demo: 'german-2019', target: 'storage', verdict: 'one-path', reason: /MPIO does not hold its disks/ },
  { demo: 'names', target: 'storage', verdict: 'spreads' },
  { demo: 'large', target: 'vol1', verdict: 'spreads' },
  { demo: 'large', target: 'FS02', verdict: 'spreads' },
];

/** Demo hosts without a verdict: there is no storage, or it could not be asked about. */
export const demosWithoutVerdict = ['empty', 'everything-failed', 'not-elevated'] as const;

/** Three windows of the usual length after the first rate, in seconds: what a fault takes to be said. */
export const judgedSeconds = 200;

/** A demo that was counted for {@link judgedSeconds}, whatever it brings itself, and perhaps changed. */
export function countedDemo(
  id: string,
  patch: (demo: Scenario) => Partial<Scenario> = () => ({}),
  everySeconds = id === 'large' ? 5 : 2,
): Scenario {
  const demo = demoScenario(id);
  const changed = { ...demo, ...patch(demo) };
  return {
    ...changed,
    traffic: { demands: [], ...changed.traffic, recordedSeconds: judgedSeconds, everySeconds },
  };
}
