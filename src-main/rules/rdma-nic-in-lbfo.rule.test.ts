import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, iscsiOnTeam, smbTwoAdapters } from '../testing/storage-hosts.ts';
import { rule } from './rdma-nic-in-lbfo.rule.ts';

const rdma = { speed: 25e9, rdma: true } as const;
const team = {
  lbfoTeams: [
    { name: 'Team1', members: ['R1', 'R2'], teamingMode: 'SwitchIndependent', lbAlgorithm: 'Dynamic' },
  ],
} as const;
const smbOverTeam = {
  ...smbTwoAdapters,
  ...team,
  adapters: [{ name: 'LAN' }, { name: 'R1', ...rdma }, { name: 'R2', ...rdma }],
  addresses: [
    { interface: 'LAN', address: '192.168.1.10/24', gateway: '192.168.1.1' },
    { interface: 'Team1', address: '10.0.30.11/24' },
  ],
} as const;

testRule(rule, {
  reports: {
    'SMB storage over a team of RDMA adapters': {
      host: smbOverTeam,
      severity: 'warning',
      message:
        'R1 and R2 can do RDMA, which is lost as long as they are members of the LBFO team Team1; SMB storage goes through this team over TCP.',
      subjects: ['R1', 'R2', 'Team1'],
    },
    'a team of RDMA adapters for other traffic': {
      host: {
        ...team,
        adapters: [
          { name: 'R1', ...rdma },
          { name: 'R2', ...rdma },
        ],
        addresses: [{ interface: 'Team1', address: '192.168.1.10/24' }],
      },
      severity: 'info',
      message: /team Team1\.$/,
    },
  },
  staysSilent: { 'a team of adapters without RDMA': { host: iscsiOnTeam } },
  notApplicable: {
    'RDMA in an embedded team, which keeps it': {
      host: {
        ...convergedSet,
        adapters: [
          { name: 'pNIC1', ...rdma },
          { name: 'pNIC2', ...rdma },
        ],
      },
    },
    'RDMA adapters without a team': {
      host: {
        ...smbTwoAdapters,
        adapters: [{ name: 'LAN' }, { name: 'SMB1', ...rdma }, { name: 'SMB2', ...rdma }],
      },
    },
  },
  notEvaluated: { 'RDMA that could not be read': { host: smbOverTeam, change: failed('NetAdapterRdma') } },
});
