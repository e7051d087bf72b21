import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { all, changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './smb-single-channel.rule.ts';

const onePair = [['SMB1', '10.0.30.21']] as const;
const withServer = (more: Partial<NonNullable<Scenario['smb']>['servers'][number]>): Partial<Scenario> => ({
  ...smbTwoAdapters,
  smb: { servers: [{ ...fileServer, ...more }] },
});
const stuck = withServer({ selected: onePair });
const oneSubnetServer = {
  ...fileServer,
  interfaces: [
    { address: '10.0.30.21', speed: 10e9, rss: true },
    { address: '10.0.30.22', speed: 10e9, rss: true },
  ],
};
const oneSubnet = {
  ...smbTwoAdapters,
  addresses: [
    { interface: 'SMB1', address: '10.0.30.11/24' },
    { interface: 'SMB2', address: '10.0.30.12/24' },
  ],
  smb: { servers: [oneSubnetServer] },
};
/** Used by a person: neither by the host's own account nor by a virtual machine. */
const usedByPeople = changeItems('SmbConnection', (item) => ({ ...item, Credential: 'CONTOSO\\anna' }));

testRule(rule, {
  reports: {
    'one pair in use of two that are alike': {
      host: stuck,
      severity: 'warning',
      message:
        'SMB to FS01 uses one pair of interfaces, SMB1 to 10.0.30.21, while SMB2 and 10.0.40.21 of the same class (with RSS, 10 Gb/s) carry nothing: Windows gives no reason.',
      subjects: ['FS01', 'SMB1', 'SMB2'],
      evidence: { pairsInUse: 1, clientInterface: 'SMB1', idleClientInterfaces: ['SMB2'], cause: 'unknown' },
      advice: /under load/,
    },
    'a pair that has failed': {
      host: withServer({ selected: onePair, failed: [['SMB2', '10.0.40.21']] }),
      severity: 'warning',
      message: /marked a pair between them as failed/,
      evidence: { cause: 'failed-pair' },
      advice: /port 445/,
    },
    'two adapters in one subnet of which one is used': {
      host: { ...oneSubnet, smb: { servers: [{ ...oneSubnetServer, selected: onePair }] } },
      severity: 'warning',
      message: /uses one pair/,
    },
    'two RDMA adapters of which one is used': {
      host: {
        ...smbTwoAdapters,
        adapters: smbTwoAdapters.adapters.map((adapter) => ({ ...adapter, rdma: adapter.name !== 'LAN' })),
        smb: {
          servers: [
            {
              ...fileServer,
              interfaces: fileServer.interfaces.map((one) => ({ ...one, rdma: true })),
              selected: onePair,
            },
          ],
        },
      },
      severity: 'warning',
      message: /with RDMA/,
    },
  },
  staysSilent: {
    'every pair in use': { host: smbTwoAdapters },
    'a constraint that keeps the server to one interface, which smb-constraint reports': {
      host: {
        ...stuck,
        smb: {
          servers: [{ ...fileServer, selected: onePair }],
          constraints: [{ server: 'FS01', interface: 'SMB1' }],
        },
      },
    },
    'Multichannel switched off, which multichannel-off reports': {
      host: {
        ...stuck,
        smb: { servers: [{ ...fileServer, selected: onePair }], isMultichannelEnabled: false },
      },
    },
    'a shared subnet with all its pairs in use': { host: oneSubnet },
    'a server with one interface': {
      host: withServer({ interfaces: [fileServer.interfaces[0]], selected: onePair }),
    },
    'a slower adapter that SMB leaves idle by design': {
      host: {
        ...stuck,
        adapters: [
          { name: 'LAN', speed: 1e9 },
          { name: 'SMB1', speed: 10e9, rss: true },
          { name: 'SMB2', speed: 1e9, rss: true },
        ],
      },
    },
    'an adapter without RSS beside one with it': {
      host: {
        ...stuck,
        adapters: [
          { name: 'LAN', speed: 1e9 },
          { name: 'SMB1', speed: 10e9, rss: true },
          { name: 'SMB2', speed: 10e9, rss: false },
        ],
      },
    },
    'a server whose second interface is slower': {
      host: withServer({
        interfaces: [fileServer.interfaces[0], { address: '10.0.40.21', speed: 1e9, rss: true }],
        selected: onePair,
      }),
    },
    'SMB 2, which has no Multichannel': {
      host: withServer({ shares: [{ ...fileServer.shares[0], dialect: '2.1' }], selected: onePair }),
    },
    'a share on which nothing is open': {
      host: withServer({ shares: [{ ...fileServer.shares[0], opens: 0 }], selected: onePair }),
    },
    'an adapter that is down': {
      host: {
        ...stuck,
        adapters: [
          { name: 'LAN', speed: 1e9 },
          { name: 'SMB1', speed: 10e9, rss: true },
          { name: 'SMB2', speed: 10e9, rss: true, status: 'Disconnected' },
        ],
      },
    },
  },
  notApplicable: {
    'a host without SMB storage': { host: twoIscsiAdapters },
    'administrative shares': {
      host: {
        ...smbTwoAdapters,
        vms: [],
        smb: {
          servers: [
            {
              ...fileServer,
              shares: ['IPC$', 'SYSVOL', 'C$', 'print$'].map((name) => ({
                name,
                user: 'CONTOSO\\admin',
                opens: 3,
              })),
              selected: onePair,
            },
          ],
        },
      },
      reason: /no file share of another machine/,
    },
    'a mapped drive': {
      host: {
        ...smbTwoAdapters,
        vms: [{ name: 'VM1', disks: ['D:\\VMs\\VM1.vhdx'] }],
        smb: {
          servers: [
            { ...fileServer, shares: [{ name: 'Home', user: 'CONTOSO\\anna', opens: 0 }], selected: onePair },
          ],
        },
      },
      change: usedByPeople,
      reason: /holds storage/,
    },
  },
  notEvaluated: {
    'denied channels': { host: stuck, change: failed('SmbMultichannelConnection') },
    'a share that may hold storage, where the virtual disks cannot be read': {
      host: {
        ...smbTwoAdapters,
        smb: {
          servers: [
            { ...fileServer, shares: [{ name: 'VMs', user: 'CONTOSO\\admin', opens: 3 }], selected: onePair },
          ],
        },
      },
      change: all(usedByPeople, failed('VMHardDiskDrive')),
      reason: /VMHardDiskDrive/,
    },
    'interfaces that do not say what they can do': {
      host: stuck,
      change: withoutProperty('SmbMultichannelConnection', 'ServerRSSCapable'),
      reason: /not known/,
    },
    'a pair that cannot be read': {
      host: smbTwoAdapters,
      change: changeItems('SmbMultichannelConnection', (item, index) =>
        index === 0 ? { ...item, ClientInterfaceIndex: undefined } : item,
      ),
    },
  },
});
