import { failed, testRule } from '../testing/rule-cases.ts';
import { twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './storage-nic-share.rule.ts';

const withVm = {
  ...twoIscsiAdapters,
  adapters: [...twoIscsiAdapters.adapters, { name: 'VM1', speed: 10e9 }],
  vswitches: [{ name: 'VMs', uplink: { adapter: 'VM1' } }],
  vms: [{ name: 'SQL01', vnics: [{ vswitch: 'VMs' }] }],
};
const moved = (storage: number, vm: number) => ({
  traffic: {
    recordedSeconds: 100,
    everySeconds: 2,
    demands: [
      { on: { disk: 1 }, in: storage, out: 0, wave: 0 },
      { on: { vm: 'SQL01' }, in: vm, out: 0, wave: 0 },
    ],
  },
});

testRule(rule, {
  reports: {
    'mostly storage': {
      host: { ...withVm, ...moved(300e6, 60e6) },
      severity: 'info',
      message: /^8[234] % of .* belongs to storage\. .* worth the work\.$/,
      subjects: ['iSCSI1', 'iSCSI2'],
      evidence: { storagePercent: 83, vmPercent: 17 },
    },
    'mostly virtual machines': {
      host: { ...withVm, ...moved(30e6, 300e6) },
      severity: 'info',
      message: /belongs to virtual machines\. .* leave it\.$/,
      advice: /^Leave the layout/,
    },
    'no one with most of it': {
      host: { ...withVm, ...moved(100e6, 100e6) },
      severity: 'info',
      message: /No single use has most of it/,
    },
  },
  staysSilent: {},
  notApplicable: {
    'a capture without samples': { host: twoIscsiAdapters, reason: /nobody counted/ },
    'a host where next to nothing moved': { host: { ...withVm, ...moved(100, 100) }, reason: /Too little/ },
  },
  notEvaluated: {
    'a host that did not say what it has': {
      host: { ...withVm, ...moved(300e6, 60e6) },
      change: failed('NetAdapter'),
    },
  },
});
