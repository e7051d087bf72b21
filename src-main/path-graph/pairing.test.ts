import { describe, expect, it } from 'vitest';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { factsFrom } from '../testing/rule-cases.ts';
import { hostWith } from '../testing/host-with.ts';
import { iqn, oneSessionOfTwo, session, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import { pairingOf } from './pairing.ts';

function pairing(host: Partial<Scenario>) {
  const { model, snapshot } = factsFrom(readSnapshot(hostWith(host)));
  const [target] = model.targets;
  if (target === undefined) throw new Error('A host without a target.');
  return pairingOf(model, target, snapshot);
}

const states = (host: Partial<Scenario>): string[] => pairing(host).cells.map(({ state }) => state);

/** Two adapters in one subnet, and the portals and sessions given. */
const oneSubnet = (
  portals: readonly string[],
  sessions: readonly (readonly [from: string | null, to: string])[],
): Partial<Scenario> => ({
  ...twoIscsiAdapters,
  addresses: [
    { interface: 'iSCSI1', address: '10.0.10.11/24' },
    { interface: 'iSCSI2', address: '10.0.10.12/24' },
  ],
  iscsi: { targets: [{ iqn, portals }], sessions: sessions.map(([from, to]) => session(from, to)) },
});
const [a, b] = ['10.0.10.11', '10.0.10.12'];
const [p, q] = ['10.0.10.101', '10.0.10.102'];

describe('the pairs of a target', () => {
  it.each<[string, Partial<Scenario>, string[], number]>([
    [
      'in two isolated subnets are expected within each alone',
      twoIscsiAdapters,
      ['paired', 'impossible', 'impossible', 'paired'],
      2,
    ],
    ['miss the second link', oneSessionOfTwo, ['paired', 'impossible', 'impossible', 'missing'], 2],
    [
      'one to one leave the rest of the mesh to the vendor',
      oneSubnet(
        [p, q],
        [
          [a, p],
          [b, q],
        ],
      ),
      ['paired', 'optional', 'optional', 'paired'],
      2,
    ],
    [
      'of a full mesh are all there',
      oneSubnet(
        [p, q],
        [
          [a, p],
          [a, q],
          [b, p],
          [b, q],
        ],
      ),
      ['paired', 'paired', 'paired', 'paired'],
      4,
    ],
    [
      'that all leave from one address miss the other',
      oneSubnet(
        [p, q],
        [
          [a, p],
          [a, q],
        ],
      ),
      ['paired', 'paired', 'missing', 'optional'],
      3,
    ],
    ['of a single portal are many to one', oneSubnet([p], [[a, p]]), ['paired', 'missing'], 2],
    [
      'that are there twice add nothing',
      oneSubnet(
        [p],
        [
          [a, p],
          [a, p],
        ],
      ),
      ['repeated', 'missing'],
      2,
    ],
    [
      'of a portal on a link-local address cannot be',
      oneSubnet(
        ['169.254.7.7', p],
        [
          [a, p],
          [b, p],
        ],
      ),
      ['impossible', 'paired', 'impossible', 'paired'],
      2,
    ],
    [
      'of an adapter without a link are not offered',
      {
        ...oneSubnet([p], [[a, p]]),
        adapters: [{ name: 'iSCSI1' }, { name: 'iSCSI2', status: 'Disconnected' }],
      },
      ['paired'],
      1,
    ],
  ])('%s', (_, host, expected, sessions) => {
    expect(states(host)).toEqual(expected);
    expect(pairing(host).expectedSessions).toBe(sessions);
  });

  it('say of two addresses on one adapter that the second adds nothing', () => {
    const host = {
      ...oneSubnet([p], [[a, p]]),
      addresses: [
        { interface: 'iSCSI1', address: '10.0.10.11/24' },
        { interface: 'iSCSI1', address: '10.0.10.12/24' },
      ],
    };
    expect(states(host)).toEqual(['paired', 'adds-nothing']);
  });

  it('stand where the routes put a session that is bound to nothing, and say so', () => {
    const { cells, notes } = pairing(oneSubnet([p], [[null, p]]));
    expect(cells.filter(({ state }) => state === 'paired')).toHaveLength(1);
    expect(notes.join()).toMatch(/bound to no address/);
  });

  it('never count the sessions of an HBA', () => {
    const host = {
      ...twoIscsiAdapters,
      iscsi: {
        ...twoIscsiAdapters.iscsi,
        sessions: [session('10.0.99.1', '10.0.10.101', { initiatorInstance: 'PCI\\VEN_14E4\\1_0' })],
      },
    };
    const { pairedSessions, unplaced, cells } = pairing(host);
    expect(pairedSessions).toBe(0);
    expect(unplaced).toHaveLength(1);
    expect(cells.some(({ state }) => state === 'paired')).toBe(false);
  });
});
