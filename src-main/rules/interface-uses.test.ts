import { describe, expect, it } from 'vitest';
import { readSnapshot } from '../discovery/read-snapshot.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { hostWith } from '../testing/host-with.ts';
import { factsFrom } from '../testing/rule-cases.ts';
import { convergedSet, oneWayOnly, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import type { RuleSettings } from './define-rule.ts';
import { interfaceUses, storageCarriers, storageInterfaces } from './interface-uses.ts';

function usesOf(host: Partial<Scenario>, settings?: RuleSettings): Record<string, string[]> {
  const facts = factsFrom(readSnapshot(hostWith(host)));
  const asked = settings === undefined ? facts : { ...facts, settings };
  return Object.fromEntries(
    interfaceUses(asked).map(({ interface: { name }, uses }) => [
      name,
      uses.map(({ role, from }) => `${role} by ${from}`),
    ]),
  );
}

const idle = {
  ...twoIscsiAdapters,
  iscsi: { ...twoIscsiAdapters.iscsi, sessions: twoIscsiAdapters.iscsi.sessions.slice(0, 1) },
};

describe('what an interface is there for', () => {
  it.each<[string, Partial<Scenario>, Record<string, string[]>]>([
    [
      'sessions count first, the default route tells management',
      twoIscsiAdapters,
      { LAN: ['management by route'], iSCSI1: ['storage by session'], iSCSI2: ['storage by session'] },
    ],
    [
      'an idle adapter in the subnet of a portal is one for storage',
      idle,
      { LAN: ['management by route'], iSCSI1: ['storage by session'], iSCSI2: ['storage by portal-subnet'] },
    ],
    [
      'channels to a storage share',
      smbTwoAdapters,
      { LAN: ['management by route'], SMB1: ['storage by channel'], SMB2: ['storage by channel'] },
    ],
    [
      'vNICs, not the adapters under them',
      convergedSet,
      {
        'vEthernet (Management)': ['management by route'],
        'vEthernet (iSCSI1)': ['storage by session'],
        'vEthernet (iSCSI2)': ['storage by session'],
      },
    ],
    [
      'one interface for everything has both roles',
      {
        ...oneWayOnly,
        adapters: [{ name: 'NIC1' }],
        addresses: [{ interface: 'NIC1', address: '10.0.10.11/24', gateway: '10.0.10.1' }],
      },
      { NIC1: ['storage by session', 'management by route'] },
    ],
    [
      'a name only where nothing else speaks, and never for what cannot be storage',
      {
        adapters: [
          { name: 'NIC1' },
          { name: 'Backup' },
          { name: 'Storage off', status: 'Disabled' },
          { name: 'Storage spare', status: 'Disconnected' },
          { name: 'iSCSI iDRAC', kind: 'management-usb' },
          { name: 'Storage VPN', kind: 'vpn' },
          { name: 'SAN WLAN', kind: 'wireless' },
          { name: 'SAN Bluetooth', kind: 'bluetooth' },
        ],
        addresses: [
          { interface: 'NIC1', address: '192.168.1.11/24', gateway: '192.168.1.1' },
          { interface: 'Backup', address: '10.9.0.1/24' },
        ],
      },
      { NIC1: ['management by route'], Backup: ['backup by name'] },
    ],
  ])('%s', (_, host, expected) => {
    expect(usesOf(host)).toEqual(expected);
  });

  it('is what the person says, before all', () => {
    const facts = factsFrom(readSnapshot(hostWith(twoIscsiAdapters)));
    const [lan, first, second] = facts.model.adapters;
    const settings = { roles: { [lan?.id ?? '']: ['storage'], [first?.id ?? '']: ['backup'] } } as const;
    const asked = { ...facts, settings };
    expect(storageInterfaces(asked).inUse.map((one) => one.interface.name)).toEqual([
      second?.name,
      lan?.name,
    ]);
    expect(storageCarriers(asked).map(({ adapter }) => adapter.name)).toEqual(['LAN', 'iSCSI2']);
    expect(usesOf(twoIscsiAdapters, settings)).toMatchObject({
      iSCSI1: ['backup by user'],
      LAN: ['storage by user'],
    });
  });
});
