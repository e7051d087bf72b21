import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { all, changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { probed } from '../testing/probed-packets.ts';
import { twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './path-mtu.rule.ts';

const jumbo = {
  ...twoIscsiAdapters,
  adapters: [
    { name: 'LAN', speed: 1e9 },
    { name: 'iSCSI1', speed: 10e9, mtu: 9000 },
    { name: 'iSCSI2', speed: 10e9, mtu: 9000 },
  ],
};
const shortSwitch = { ...jumbo, subnets: [{ prefix: '10.0.20.0/24', mtu: 1500 }] };
const tunnel = { ...twoIscsiAdapters, subnets: [{ prefix: '10.0.20.0/24', mtu: 1400 }] };
const portals = ['10.0.10.101', '10.0.20.101'];

const sent = (host: Partial<Scenario>) => ({ host, change: probed(host) });

testRule(rule, {
  reports: {
    'a switch that takes 1500 bytes on one of two jumbo paths': {
      ...sent(shortSwitch),
      severity: 'warning',
      message:
        /^Sent as a trial, packets of 9000 bytes from iSCSI2 do not reach 10\.0\.20\.101 in one piece, while such of 1500 bytes are answered:/,
      subjects: ['iSCSI2', '10.0.20.101:3260'],
      evidence: { packetsLost: ['10.0.20.11 to 10.0.20.101: 9000 bytes'] },
    },
    'a way of standard packets through a tunnel': {
      ...sent(tunnel),
      severity: 'warning',
      message: /packets of 1500 bytes from iSCSI2 .* while such of 1280 bytes are answered/,
    },
  },
  staysSilent: {
    'large packets from end to end': sent(jumbo),
    'standard packets from end to end': sent(twoIscsiAdapters),
  },
  notApplicable: {
    'a look for which nobody asked for packets': { host: shortSwitch, reason: /--probe-packets/ },
    'no storage over the network': sent({}),
  },
  notEvaluated: {
    'ends that answer no echoes': {
      ...sent({ ...shortSwitch, blocksEchoes: portals }),
      reason: /answered echoes/,
    },
    'ends that answer small echoes only': {
      host: jumbo,
      change: all(
        probed(jumbo),
        changeItems('PacketProbe', (item) => ({
          ...item,
          Echoes: [
            { PacketBytes: 60, Sent: 2, Answered: 2 },
            { PacketBytes: 9000, Sent: 3, Answered: 0 },
            { PacketBytes: 1500, Sent: 2, Answered: 0 },
          ],
        })),
      ),
    },
    'a way that loses packets of every size': {
      host: jumbo,
      change: all(
        probed(jumbo),
        changeItems('PacketProbe', (item) => ({
          ...item,
          Echoes: [
            { PacketBytes: 60, Sent: 2, Answered: 1 },
            { PacketBytes: 9000, Sent: 3, Answered: 0 },
            { PacketBytes: 1500, Sent: 2, Answered: 1 },
          ],
        })),
      ),
    },
    'packets that could not be sent': { host: jumbo, change: failed('PacketProbe') },
  },
});
