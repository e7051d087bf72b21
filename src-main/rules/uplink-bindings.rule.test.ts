import { failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './uplink-bindings.rule.ts';

const onOne = {
  ...twoIscsiAdapters,
  adapters: [...twoIscsiAdapters.adapters, { name: 'VMs', speed: 10e9 }],
  vswitches: [{ name: 'External', uplink: { adapter: 'VMs' } }],
};
const bound = (interfaceName: string, ...ids: readonly string[]) => [
  { interface: interfaceName, bindings: Object.fromEntries(ids.map((id) => [id, true])) },
];

testRule(rule, {
  reports: {
    'IPv4 put back on the adapter of a vSwitch': {
      host: { ...onOne, settings: bound('VMs', 'ms_tcpip', 'ms_server') },
      severity: 'warning',
      message: /^Protocols are bound to VMs under External \(IPv4 and File and Printer Sharing\)/,
      subjects: ['VMs'],
      evidence: { bindings: ['VMs: ms_tcpip', 'VMs: ms_server'] },
    },
  },
  staysSilent: {
    'an adapter as a vSwitch leaves it': { host: onOne },
    'bindings that do no harm': { host: { ...onOne, settings: bound('VMs', 'ms_lldp', 'ms_pacer') } },
  },
  notApplicable: {
    'no vSwitch': { host: twoIscsiAdapters },
    'a vSwitch on a team, of which another rule tells': {
      host: { ...convergedSet, settings: bound('pNIC1', 'ms_tcpip') },
    },
    'an adapter that the vSwitch does not hold': {
      host: { ...onOne, settings: [{ interface: 'VMs', bindings: { vms_pp: false, ms_tcpip: true } }] },
    },
  },
  notEvaluated: { 'denied bindings': { host: onOne, change: failed('NetAdapterBinding') } },
});
