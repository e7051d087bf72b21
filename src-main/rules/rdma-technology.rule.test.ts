import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { fileServer, smbTwoAdapters } from '../testing/storage-hosts.ts';
import { rule } from './rdma-technology.rule.ts';

const rdma = {
  ...smbTwoAdapters,
  adapters: [
    { name: 'LAN' },
    { name: 'SMB1', speed: 25e9, rdma: true },
    { name: 'SMB2', speed: 25e9, rdma: true },
  ],
  smb: {
    servers: [
      {
        ...fileServer,
        interfaces: fileServer.interfaces.map((one) => ({ ...one, speed: 25e9, rdma: true })),
      },
    ],
  },
} as const;

const technology = (name: string, value: string | undefined) =>
  changeItems('NetAdapterAdvancedProperty', (item) =>
    item['Name'] !== name || item['RegistryKeyword'] !== '*NetworkDirectTechnology'
      ? item
      : value === undefined
        ? undefined
        : { ...item, RegistryValue: [value] },
  );

testRule(rule, {
  reports: {
    'iWARP on one of two adapters': {
      host: rdma,
      change: technology('SMB2', '1'),
      severity: 'info',
      message: /^SMB storage uses RDMA over SMB1 \(RoCE v2\) and SMB2 \(iWARP\)/,
      subjects: ['SMB1', 'SMB2'],
    },
  },
  staysSilent: { 'one kind on both': { host: rdma } },
  notApplicable: {
    'no RDMA': { host: smbTwoAdapters },
    'one adapter': {
      host: {
        ...rdma,
        smb: { servers: [{ ...rdma.smb.servers[0], selected: [['SMB1', '10.0.30.21']] }] },
      },
      reason: /Only one adapter/,
    },
    'no storage over the network': { host: {} },
  },
  notEvaluated: {
    'settings that could not be read': { host: rdma, change: failed('NetAdapterAdvancedProperty') },
    'a driver that does not say': { host: rdma, change: technology('SMB2', undefined), reason: /SMB2/ },
  },
});
