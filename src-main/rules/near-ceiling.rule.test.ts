import { failed, testRule } from '../testing/rule-cases.ts';
import { iscsiOnTeam, twoIscsiAdapters } from '../testing/storage-hosts.ts';
import { rule } from './near-ceiling.rule.ts';

const wanted = (rate: number, until = 200) => ({
  traffic: {
    recordedSeconds: 200,
    everySeconds: 2,
    demands: [{ on: { disk: 1 }, in: rate, out: 0, wave: 0, until }],
  },
});

testRule(rule, {
  reports: {
    'a target that fills its links': {
      host: { ...twoIscsiAdapters, ...wanted(6e9) },
      severity: 'info',
      message:
        /was read from at (9[5-9]|100) % of the possible ceiling of 20 Gb\/s for \d+ seconds\. Both sessions leave/,
      evidence: { ceiling: 'possible', isOneStream: false, direction: 'read' },
    },
    'one stream at its end while the team has room': {
      host: { ...iscsiOnTeam, ...wanted(300e6) },
      severity: 'info',
      message:
        /of the single stream ceiling of 1 Gb\/s for .* One stream is at its limit, the links together are not\./,
      evidence: { isOneStream: true },
      advice: /do not make one stream faster/,
    },
  },
  staysSilent: {
    'a target with room': { host: { ...twoIscsiAdapters, ...wanted(900e6) } },
    'a target at its end for a moment': { host: { ...twoIscsiAdapters, ...wanted(6e9, 15) } },
  },
  notApplicable: { 'a capture without samples': { host: twoIscsiAdapters, reason: /nobody counted/ } },
  notEvaluated: {
    'a host that did not say what it has': {
      host: { ...twoIscsiAdapters, ...wanted(6e9) },
      change: failed('NetAdapter'),
    },
  },
});
