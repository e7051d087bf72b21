import { failed, testRule } from '../testing/rule-cases.ts';
import { twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './queue-depth.rule.ts';

// The adapters together carry 2.5 GB/s; what is wanted beyond that waits.
const rest = { on: { disk: 1 }, in: 5e6, out: 0, wave: 0 } as const;
const rush = (until: number) => ({ on: { disk: 1 }, in: 6e9, out: 0, wave: 0, from: 40, until }) as const;

testRule(rule, {
  reports: {
    'a queue that stays deep while requests take far longer than at rest': {
      host: {
        ...twoIscsiAdapters,
        traffic: { recordedSeconds: 160, everySeconds: 2, demands: [rest, rush(160)] },
      },
      severity: 'warning',
      message: /^Disk 1 had \d+ requests in flight for each of 2 paths, for 1[0-2]0 seconds; each took/,
      subjects: ['Disk 1'],
      evidence: { paths: 2 },
    },
  },
  staysSilent: {
    'a disk that is busy and as quick as ever': {
      host: {
        ...twoIscsiAdapters,
        traffic: {
          recordedSeconds: 160,
          everySeconds: 2,
          demands: [rest, { on: { disk: 1 }, in: 900e6, out: 0, wave: 0, from: 40 }],
        },
      },
    },
    'a queue that is deep for a moment': {
      host: {
        ...twoIscsiAdapters,
        traffic: { recordedSeconds: 160, everySeconds: 2, demands: [rest, rush(70)] },
      },
    },
  },
  notApplicable: { 'a capture without samples': { host: twoIscsiAdapters, reason: /nobody counted/ } },
  notEvaluated: {
    'a host that did not say what it has': {
      host: { ...twoIscsiAdapters, traffic: { recordedSeconds: 100, demands: [rest] } },
      change: failed('Disk'),
    },
  },
});
