import { changeItems, failed, testRule, withoutProperty } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters, smbWith, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './smb-connection-count.rule.ts';

const hundred = {
  ...smbWith({ interfaces: fileServer.interfaces.map((one) => ({ ...one, speed: 100e9 })) }),
  adapters: smbTwoAdapters.adapters.map((adapter) => ({
    ...adapter,
    speed: adapter.name === 'LAN' ? 1e9 : 100e9,
  })),
};
const rdma = {
  ...smbWith({ interfaces: fileServer.interfaces.map((one) => ({ ...one, speed: 100e9, rdma: true })) }),
  adapters: hundred.adapters.map((adapter) => ({ ...adapter, rdma: adapter.name !== 'LAN' })),
};

testRule(rule, {
  reports: {
    'four connections on 100 Gbit/s': {
      host: hundred,
      severity: 'info',
      message:
        'SMB opens 4 connections for each interface, also on SMB1 and SMB2 with 100 Gb/s: each runs on one processor core, so they may not fill the link.',
      evidence: { connectionsPerInterface: 4, bitsPerSecond: 100e9 },
    },
  },
  staysSilent: {
    '10 Gbit/s': { host: smbTwoAdapters },
    'more connections': {
      host: hundred,
      change: changeItems('SmbClientConfiguration', (item) => ({
        ...item,
        ConnectionCountPerRssNetworkInterface: 8,
      })),
    },
  },
  notApplicable: {
    RDMA: { host: rdma },
    'a host without SMB storage': { host: twoIscsiAdapters },
  },
  notEvaluated: {
    'a denied configuration': { host: hundred, change: failed('SmbClientConfiguration') },
    'a count that is not told': {
      host: hundred,
      change: withoutProperty('SmbClientConfiguration', 'ConnectionCountPerRssNetworkInterface'),
    },
  },
});
