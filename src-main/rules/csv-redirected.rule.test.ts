import { rule } from './csv-redirected.rule.ts';
import { changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fibreChannel, smbTwoAdapters } from '../testing/storage-hosts.ts';

const node = {
  ...fibreChannel,
  features: ['Hyper-V', 'Multipath-IO', 'Failover-Clustering'],
  disks: [{ number: 1, busType: 'Fibre Channel', isClustered: true }],
  cluster: { name: 'CLU01' },
} as const;
const state = (StateInfo: string, reasons: Readonly<Record<string, string>> = {}) =>
  changeItems('ClusterSharedVolumeState', (item) => ({ ...item, StateInfo, ...reasons }));

testRule(rule, {
  reports: {
    'a volume without a path of its own': {
      host: node,
      change: state('BlockRedirected', { BlockRedirectedIOReason: 'NoDiskConnectivity' }),
      severity: 'warning',
      message:
        '1 cluster volume (Cluster Disk 1) is not reached directly by this node: BlockRedirected, NoDiskConnectivity. The data passes another node and the cluster network.',
      advice: /no path to the disk/,
    },
    'a volume that somebody redirected': {
      host: node,
      change: state('FileSystemRedirected', { FileSystemRedirectedIOReason: 'UserRequest' }),
      severity: 'warning',
      message: /FileSystemRedirected, UserRequest/,
    },
  },
  staysSilent: {
    'a volume that is reached directly': { host: node },
    'ReFS, which writes through the owner by design': {
      host: node,
      change: state('FileSystemRedirected', { FileSystemRedirectedIOReason: 'FileSystemReFs' }),
    },
  },
  notApplicable: {
    'a host without a cluster': { host: smbTwoAdapters },
    'a volume of another node': {
      host: node,
      change: changeItems('ClusterSharedVolumeState', (item) => ({
        ...item,
        Node: 'HV02',
        StateInfo: 'BlockRedirected',
        BlockRedirectedIOReason: 'NoDiskConnectivity',
      })),
    },
  },
  notEvaluated: {
    'denied volumes': { host: node, change: failed('ClusterSharedVolumeState') },
    'a state that is not told': {
      host: node,
      change: withoutProperty('ClusterSharedVolumeState', 'StateInfo'),
    },
  },
});
