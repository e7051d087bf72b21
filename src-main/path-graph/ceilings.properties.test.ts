/** What must hold of the ceilings of every host, and what they are on the demo hosts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ceiling } from '#shared/path-graph.ts';
import { demoCheck } from '../testing/demo-check.ts';
import { gigabit } from './hand-built-snapshot.ts';
import { ceilingsOf } from './host-for-ceilings.ts';
import type { CeilingHost } from './host-for-ceilings.ts';

const algorithms = ['TransportPorts', 'IPAddresses', 'MacAddresses', 'HyperVPort', 'Dynamic'] as const;

const anyHost: fc.Arbitrary<CeilingHost & { readonly speeds: readonly number[] }> = fc
  .record({
    fabric: fc.constantFrom('plain', 'team', 'team-and-switch', 'set', 'switch-on-nic'),
    speeds: fc.array(fc.constantFrom(1, 10, 25), { minLength: 1, maxLength: 4 }),
    mode: fc.constantFrom('SwitchIndependent', 'Lacp', 'Static'),
    algorithm: fc.constantFrom(...algorithms),
    vnics: fc.integer({ min: 1, max: 3 }),
    mapped: fc.array(fc.constantFrom(undefined, 0, 1), { maxLength: 3 }),
    policy: fc.constantFrom('RR', 'RRWS', 'LQD', 'LB', 'FOO', 'unknown'),
    ends: fc.array(fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 3 })), { minLength: 1, maxLength: 5 }),
  })
  .map(({ ends, mapped, ...host }): CeilingHost => {
    const count = host.fabric === 'plain' ? host.speeds.length : host.fabric === 'team' ? 1 : host.vnics;
    return {
      ...host,
      algorithm: host.fabric === 'set' && host.algorithm !== 'HyperVPort' ? 'Dynamic' : host.algorithm,
      mapped:
        host.fabric === 'set'
          ? mapped.map((place) => (place === undefined ? undefined : place % host.speeds.length))
          : [],
      sessions: ends.map(([from, to]) => [from % count, to] as const),
    };
  });

function figure({ bitsPerSecond }: Ceiling): number {
  return bitsPerSecond ?? NaN;
}

const directions = ['read', 'write'] as const;

describe('on every host', () => {
  it('certain is never more than possible; both are the same where nothing is left open', () =>
    fc.assert(
      fc.property(anyHost, (host) => {
        const found = ceilingsOf(host);
        const isOpen =
          (host.fabric !== 'plain' && host.fabric !== 'switch-on-nic') ||
          host.policy === 'unknown' ||
          host.policy === 'FOO';
        for (const direction of directions) {
          const { guaranteed, possible, oneCopy, now } = found[direction];
          expect(figure(guaranteed)).toBeGreaterThan(0);
          expect(figure(guaranteed)).toBeLessThanOrEqual(figure(possible));
          if (!isOpen) expect(guaranteed).toEqual(possible);
          if (now !== undefined) expect(figure(now)).toBeLessThanOrEqual(figure(possible));
          expect(oneCopy.bitsPerSecond ?? 0).toBeLessThanOrEqual(
            Math.max(figure(possible), figure(found.singleStream)),
          );
        }
        // In strict turn over unequal links all paths together may be less than one alone could be.
        if (host.policy !== 'RR' && host.policy !== 'RRWS') {
          expect(figure(found.singleStream)).toBeLessThanOrEqual(figure(found.possible));
        }
      }),
      { numRuns: 120 },
    ));

  it('a faster link never lowers a figure', () =>
    fc.assert(
      fc.property(anyHost, fc.nat(), (host, which) => {
        const at = which % host.speeds.length;
        const before = ceilingsOf(host);
        const after = ceilingsOf({
          ...host,
          speeds: host.speeds.map((speed, index) => (index === at ? speed * 2 : speed)),
        });
        for (const direction of directions) {
          for (const name of ['guaranteed', 'possible'] as const) {
            expect(figure(after[direction][name])).toBeGreaterThanOrEqual(
              figure(before[direction][name]) - 1,
            );
          }
        }
        expect(figure(after.singleStream)).toBeGreaterThanOrEqual(figure(before.singleStream));
      }),
      { numRuns: 80 },
    ));

  it('a link that fails never raises what paths carry that are used together', () =>
    fc.assert(
      fc.property(anyHost, fc.nat(), (host, which) => {
        // In turn a failed slow path speeds up the rest; of one path in use another may be wider; and a vNIC that was
        // mapped to a slow member is free to use a faster one once that is gone.
        const together = { ...host, policy: 'LQD' as const, mapped: [] };
        const before = ceilingsOf(together);
        const after = ceilingsOf({ ...together, down: [which % host.speeds.length] });
        for (const direction of directions) {
          expect(after[direction].possible.bitsPerSecond ?? 0).toBeLessThanOrEqual(
            figure(before[direction].possible),
          );
        }
        expect(after.singleStream.bitsPerSecond ?? 0).toBeLessThanOrEqual(figure(before.singleStream));
      }),
      { numRuns: 80 },
    ));
});

describe('on the demo hosts', () => {
  it.each([
    ['iscsi-on-team', [1, 1, 1, 1]],
    ['converged-2012r2', [10, 20, 10, 20]],
    ['converged-set', [10, 20, 20, 20]],
    ['mpio-dedicated', [10, 20, 20, 20]],
    ['smb-stuck', [10, 10, 10, 10]],
    ['s2d-set', [25, 50, 50, 50]],
    ['large', [10, 80, 80, 80]],
  ])('%s: one stream, one copy, certain, possible', (id, expected) => {
    const [target] = demoCheck(id).targets;
    if (target === undefined) throw new Error('The demo has no target.');
    expect(
      [target.singleStream, target.oneCopy, target.guaranteed, target.possible].map(
        (one) => figure(one) / gigabit,
      ),
    ).toEqual(expected);
    expect(target.limitedBy.length).toBeGreaterThan(0);
  });
});
