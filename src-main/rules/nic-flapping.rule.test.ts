import { changeItems, failed, testRule } from '../testing/rule-cases.ts';
import { convergedSet, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './nic-flapping.rule.ts';

/** Simulated hosts are looked at on 15 January 2026. */
const resets = (name: string, days: readonly number[]) =>
  days.map((day) => ({
    source: 'Microsoft-Windows-NDIS',
    id: 10400,
    level: 3,
    at: `2026-01-${String(day).padStart(2, '0')}T08:00:00.000Z`,
    interface: name,
  }));
const often = [9, 11, 13, 14, 15];

testRule(rule, {
  reports: {
    'an adapter of iSCSI that is reset every day': {
      host: { ...twoIscsiAdapters, events: [...resets('iSCSI1', often), ...resets('LAN', often)] },
      severity: 'warning',
      message: /^Windows had to reset iSCSI1 \(5 times\) in 7 days, and it goes on/,
      subjects: ['iSCSI1'],
      evidence: { resets: [5] },
    },
    'a member under vNICs for storage': {
      host: { ...convergedSet, events: resets('pNIC2', often) },
      severity: 'warning',
      message: /^Windows had to reset pNIC2/,
    },
  },
  staysSilent: {
    'a quiet log': { host: twoIscsiAdapters },
    'one reset': { host: { ...twoIscsiAdapters, events: resets('iSCSI1', [15]) } },
    'resets that are over': { host: { ...twoIscsiAdapters, events: resets('iSCSI1', [8, 9, 10, 11]) } },
    'resets of management': { host: { ...twoIscsiAdapters, events: resets('LAN', often) } },
    'another event of the same source': {
      host: {
        ...twoIscsiAdapters,
        events: resets('iSCSI1', often).map((event) => ({ ...event, id: 10_317 })),
      },
    },
  },
  notApplicable: { 'no storage over the network': { host: { events: resets('NIC1', often) } } },
  notEvaluated: {
    'resets of nobody knows which adapter': {
      host: { ...twoIscsiAdapters, events: resets('iSCSI1', [15]) },
      change: changeItems('EventSummary', ({ InterfaceGuid: _, ...item }) => item),
      reason: /does not say of which/,
    },
    'a denied log': { host: twoIscsiAdapters, change: failed('EventSummary') },
  },
});
