import { failed, testRule } from '../testing/rule-cases.ts';
import { iqn, session, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import type { Scenario } from '../hosts/simulated-host/scenario.ts';
import { rule } from './traffic-spread.rule.ts';

const busy = (rate: number): Pick<Scenario, 'traffic'> => ({
  traffic: {
    recordedSeconds: 200,
    everySeconds: 2,
    demands: [{ on: { disk: 1 }, in: rate, out: rate / 2, wave: 0 }],
  },
});
const quiet = { mpio: { disks: [{ disk: 1, policy: 'RR', quietPaths: [1] }] } } as const;

testRule(rule, {
  reports: {
    'a path under round robin that carries nothing, near the end of the other': {
      host: { ...twoIscsiAdapters, ...busy(900e6), ...quiet },
      severity: 'warning',
      message: /^Disk 1, reading: path \w+ over iSCSI1 \(100 %\) carries everything/,
      subjects: ['Disk 1'],
      evidence: { verdict: 'one-path', cost: 'costs', sharePercent: [100, 0] },
      advice: /cable, the switch and the port/,
    },
    'the same while the other has room': {
      host: { ...twoIscsiAdapters, ...busy(200e6), ...quiet },
      severity: 'info',
      message: /harmless now/,
      evidence: { cost: 'harmless' },
    },
    'traffic on a path that should wait': {
      host: {
        ...twoIscsiAdapters,
        ...busy(900e6),
        mpio: {
          disks: [
            {
              disk: 1,
              policy: 'RR',
              pathStates: ['Active/Optimized', 'Active/Unoptimized'],
              quietPaths: [0],
            },
          ],
        },
      },
      severity: 'warning',
      message: /carries traffic that should go elsewhere/,
      evidence: { verdict: 'wrong-path' },
    },
  },
  staysSilent: {
    'round robin over two paths': { host: { ...twoIscsiAdapters, ...busy(900e6) } },
    'failover only, which is meant to use one': {
      host: {
        ...twoIscsiAdapters,
        ...busy(900e6),
        mpio: { disks: [{ disk: 1, policy: 'FOO', pathStates: ['Active/Optimized', 'Standby'] }] },
      },
    },
    'one session, which other rules are about': {
      host: {
        ...twoIscsiAdapters,
        ...busy(900e6),
        iscsi: {
          targets: [{ iqn, portals: ['10.0.10.101'] }],
          sessions: [session('10.0.10.11', '10.0.10.101')],
        },
      },
    },
  },
  notApplicable: {
    'a capture without samples': { host: twoIscsiAdapters, reason: /nobody counted/ },
    'a host without traffic': { host: { ...twoIscsiAdapters, ...busy(1000) }, reason: /Too little/ },
  },
  notEvaluated: {
    'a host that did not say what it has': {
      host: { ...twoIscsiAdapters, ...busy(900e6) },
      change: failed('MpioDisk'),
    },
  },
});
